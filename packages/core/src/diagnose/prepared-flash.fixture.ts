/** Flash contents of boards in all states, put together for tests of the diagnosis. @module */
import { createHash } from "node:crypto";
import {
  bootFlag,
  bootRecord,
  flashWith,
  madeArduinoImage,
  madeAtImage,
  madeAtNoBoot,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeSdkBoot,
  madeUserImage,
  mappedSize,
  phyInit,
  rfCal,
  saveArea,
  savedImageFile,
  sdkParams,
  storageArea,
  type UserImageOptions,
  wifiBlock,
  wifiFile,
} from "../../../../test/support/made-firmware.js";
import { type Codecs, defaultCodecs } from "../codecs.js";

/** Node's MD5, which is ten times as fast: these tests hash hundreds of megabytes. */
export const codecs: Codecs = {
  ...defaultCodecs,
  md5: (input) => new Uint8Array(createHash("md5").update(input).digest()),
};

type Part = { readonly offset: number; readonly bytes: Uint8Array };

export const KIB = 0x400;
export const MIB = 0x10_0000;

const images = new Map<string, Uint8Array>();

/** Images are made once. */
export const espruino = (options: UserImageOptions): Uint8Array => {
  const key = JSON.stringify(options);
  const known = images.get(key) ?? madeUserImage(options);
  images.set(key, known);
  return known;
};

/** The build of 512 KB, about as large as the real one. */
export const board = (version: string): Uint8Array =>
  espruino({ build: "ESP8266_BOARD", version, size: 466_260 });
/** The build of 4 MB. 1v95's real size; later ones are larger. */
export const large = (version: string, size = version < "1v98" ? 509_332 : 540_004): Uint8Array =>
  espruino({ build: "ESP8266_4MB", version, size });

export const wifi = { ssid: "attic", password: "not for you" };

/** A sector that begins with bytes. */
export const sector = (bytes: Uint8Array): Uint8Array => {
  const filled = new Uint8Array(0x1000).fill(0xff);
  filled.set(bytes);
  return filled;
};

/** A chip with the second boot, an image in the first slot, and the SDK's tail as after the first start. */
export function sdkChip(options: {
  readonly image: Uint8Array;
  readonly sizeFreq: number;
  readonly chip?: number;
  readonly boot?: "1.6" | "1.7(5d6f877)";
  readonly mode?: number;
  /** PHY init data at the place of the map; left out by `false`. */
  readonly phy?: boolean;
  readonly started?: boolean;
  readonly more?: readonly Part[];
}): Uint8Array {
  const { image, sizeFreq, chip = 4 * MIB, boot = "1.6", mode = 0, phy = true, started = false } = options;
  const end = mappedSize(sizeFreq >> 4);
  const inChip = ({ offset, bytes }: Part) => offset + bytes.length <= chip;
  const tail: Part[] = [
    ...(phy ? [{ offset: end - 0x4000, bytes: phyInit() }] : []),
    ...(started
      ? [
          { offset: end - 0x3000, bytes: sdkParams(wifi, bootRecord(1, boot === "1.6" ? 6 : 7)) },
          { offset: end - 0x1000, bytes: bootFlag() },
        ]
      : []),
  ];
  const first: Part[] = [
    { offset: 0, bytes: madeSdkBoot(boot, { mode, sizeFreq }) },
    { offset: 0x1000, bytes: image },
  ];
  // The image is written last: what a wrong map puts into it is put there by a start, not by a flasher.
  return flashWith([...tail.filter(inChip), ...first, ...(options.more ?? [])], chip);
}

/** 1v95 for 4 MB under a header of one's choice. */
export const seed = (sizeFreq: number, ...more: readonly Part[]): Uint8Array =>
  sdkChip({ image: large("1v95"), sizeFreq, more });

export const wifiIn = (offset: number): Part => ({ offset, bytes: sector(wifiBlock(wifi)) });

/** A whole-chip file of Espruino since 1v92, as it was downloaded: header as shipped, gaps of zeros. */
export function combined(image: Uint8Array, size: number): Uint8Array {
  const file = new Uint8Array(size);
  file.set(madeSdkBoot("1.6"), 0);
  file.set(image, 0x1000);
  file.set(phyInit(), size - 0x4000);
  file.fill(0xff, size - 0x2000, size - 0x1000);
  return file;
}

/** Healthy boards. */
export const healthy: Readonly<Record<string, () => Uint8Array>> = {
  "Espruino 2v09 on 512 KB": () => sdkChip({ image: board("2v09"), sizeFreq: 0x00, chip: 512 * KIB }),
  "Espruino 2v09 on 4 MB, map 4, in use": () =>
    sdkChip({
      image: board("2v09"),
      sizeFreq: 0x4f,
      started: true,
      more: [
        { offset: 0x7_7000, bytes: storageArea([wifiFile(wifi), savedImageFile()], 32, 0x4000) },
        { offset: 0x3f_b000, bytes: rfCal() },
      ],
    }),
  "Espruino 1v95 for 512 KB on 4 MB, in use": () =>
    sdkChip({
      image: board("1v95"),
      sizeFreq: 0x40,
      started: true,
      more: [
        wifiIn(0x7_b000),
        { offset: 0x7_8000, bytes: saveArea({ size: 0x3000, address: 0x4027_8000, bootCode: "led()" }) },
        { offset: 0x8_0000, bytes: rfCal() },
      ],
    }),
  "Espruino 1v95 for 4 MB under its own map, in use": () =>
    seed(0x6f, wifiIn(0xf_b000), { offset: 0x8_0000, bytes: rfCal() }),
  "Espruino 2v09 for 4 MB under its own map": () => sdkChip({ image: large("2v09"), sizeFreq: 0x6f }),
  "Espruino 2v09 for 4 MB on 16 MB under 4MB-c1": () =>
    sdkChip({ image: large("2v09"), sizeFreq: 0x6f, chip: 16 * MIB }),
  "AT 1.7.6 with both slots": () =>
    sdkChip({
      image: madeAtImage(),
      sizeFreq: 0x60,
      boot: "1.7(5d6f877)",
      started: true,
      more: [{ offset: 0x10_1000, bytes: madeAtImage({ slot: 2 }) }],
    }),
  "AT 1.7.6 without second boot": () =>
    flashWith([...madeAtNoBoot(), { offset: 0x3f_c000, bytes: phyInit() }], 4 * MIB),
  Arduino: () => flashWith([{ offset: 0, bytes: madeArduinoImage() }], 4 * MIB),
  Tasmota: () =>
    flashWith(
      [{ offset: 0, bytes: madeArduinoImage({ family: "tasmota", version: "12.5.0", sizeFreq: 0x20 }) }],
      MIB,
    ),
  ESPHome: () =>
    flashWith([{ offset: 0, bytes: madeArduinoImage({ family: "esphome", version: "2023.5.0" }) }], 4 * MIB),
  NodeMCU: () => flashWith([...madeNodeMcu(), { offset: 0x3f_c000, bytes: phyInit() }], 4 * MIB),
  MicroPython: () => flashWith([{ offset: 0, bytes: madeMicroPython() }], 4 * MIB),
  rBoot: () => flashWith(madeRboot(), 4 * MIB),
};
