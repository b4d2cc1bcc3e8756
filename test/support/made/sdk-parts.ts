/** Parts that come with Espressif's SDK: second boot, PHY init data, blank sector. @module */
import { ascii, codeLike, cString } from "./filler.js";
import { bootRomImage } from "./image-format.js";

/** Entry point, segments and size as in the release of that number; the code is made, and no chip could run it. */
const sdkBoots = {
  "1.2": {
    entry: 0x401000c0,
    addresses: [0x40100000, 0x3ffe8000, 0x3ffe81d0],
    sizes: [816, 464, 608],
    size: 1936,
  },
  "1.6": {
    entry: 0x40100438,
    addresses: [0x40100000, 0x3ffe8000, 0x3ffe8310],
    sizes: [2408, 776, 632],
    size: 3856,
  },
  "1.7(5d6f877)": {
    entry: 0x4010057c,
    addresses: [0x40100000, 0x3ffe8000, 0x3ffe82fc],
    sizes: [2592, 764, 676],
    size: 4080,
  },
} as const;
export type SdkBootVersion = keyof typeof sdkBoots;

/** Header bytes that flashing sets. */
export interface HeaderBytes {
  /** Byte 2: 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly mode?: number;
  /** Byte 3: flash map and frequency. */
  readonly sizeFreq?: number;
  /** The virtual chip plays it as boot loader 1.6, whatever its own version says. */
  readonly runs?: true;
}

/**
 * A second boot in the form of a release: its header, segments, size and text, with made code. As published its mode, map
 * and frequency are QIO, 512KB, 40 MHz.
 */
export function madeSdkBoot(version: SdkBootVersion = "1.6", header: HeaderBytes = {}): Uint8Array {
  const { entry, addresses, sizes, size } = sdkBoots[version];
  const parts = sizes.map((length, index) => codeLike(length, `made boot ${version} ${index}`));
  const rodata = parts[2]!;
  rodata.set(cString("error magic!"), 0x10);
  rodata.set(ascii(`2nd boot version : ${version}\n\0`), 0x68);
  rodata.set(cString("jump to run user"), 0x1c0);
  if (header.runs) parts[0]!.set(ascii("VCHIPSDK"), entry - addresses[0]);
  const image = bootRomImage(
    { mode: header.mode ?? 0, sizeFreq: header.sizeFreq ?? 0, entry },
    parts.map((bytes, index) => ({ address: addresses[index]!, bytes })),
  );
  if (image.length !== size) throw new Error(`made boot ${version} has ${image.length} bytes, not ${size}`);
  return image;
}

const PHY_INIT_V8 =
  "05080402050505020500040505040505" +
  "04fefdfff0f0f0e0e0e0e10afffff800" +
  "f8f84e4a46403c380000010102030405" +
  "01000000000002000000000000000000" +
  "e10a0000000000000000019343000000" +
  "00".repeat(32) +
  "00000100000000000000000000000000";
const PHY_POWER_V5 = [0x52, 0x4e, 0x4a, 0x44, 0x40, 0x38];

/**
 * The 128 bytes of PHY init data (`esp_init_data_default_v05.bin`, `_v08.bin`).
 * @param crystal byte 48: 0 = 40 MHz, 1 = 26 MHz, 2 = 24 MHz
 */
export function phyInit(version: 5 | 8 = 8, crystal = 1): Uint8Array {
  const bytes = Uint8Array.from(PHY_INIT_V8.match(/../g)!, (pair) => Number.parseInt(pair, 16));
  if (version === 5) {
    bytes[1] = 0;
    bytes.set(PHY_POWER_V5, 34);
  }
  bytes[48] = crystal;
  return bytes;
}

/** `blank.bin`: one erased sector. */
export function blankSector(): Uint8Array {
  return new Uint8Array(0x1000).fill(0xff);
}
