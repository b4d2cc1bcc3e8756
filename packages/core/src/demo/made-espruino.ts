/**
 * Espruino for the demonstration, where nobody's firmware may be shipped: the form, the sizes and the names of the real files
 * around random bytes. The virtual chip plays what the names say; a real chip could not run a byte of it, and each file says
 * in clear that it is made.
 *
 * @module
 */
import { makePhyInit } from "../formats/phy-init.js";
import { crc32 } from "../image/app-crc.js";
import { bootImage, codeLike, randomWords } from "./made-parts.js";

/** A release that is made: what a person would download for one board. */
export interface MadeRelease {
  readonly build: "ESP8266_BOARD" | "ESP8266_4MB";
  /** As its makers write it: `1v95`. */
  readonly version: string;
  /** Its line in the banner. */
  readonly copyright: string;
  /** Bytes of user1. */
  readonly size: number;
  /** Byte 3 of the inner header: the map and frequency that it is linked for. */
  readonly sizeFreq: number;
  readonly phyInitVersion: 5 | 8;
}

/** The build for 512 KB; size as of the real one. */
export const release2v09: MadeRelease = {
  build: "ESP8266_BOARD",
  version: "2v09",
  copyright: " 2v09 (c) 2021 G.Williams",
  size: 466_260,
  sizeFreq: 0x00,
  phyInitVersion: 8,
};

/** The build for 4 MB of which the thread in the forum tells; size as in a log of that time, linked for 4MB-c1 at 80 MHz. */
export const release1v95: MadeRelease = {
  build: "ESP8266_4MB",
  version: "1v95",
  copyright: " 1v95 Copyright 2017 G.Williams",
  size: 509_332,
  sizeFreq: 0x6f,
  phyInitVersion: 5,
};

/** A file as it is downloaded. */
export interface DemoFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of a release, by the names that its makers give them. */
export function madeFiles(release: MadeRelease): DemoFile[] {
  return [
    { name: "boot_v1.6.bin", bytes: madeBoot() },
    { name: "espruino_esp8266_user1.bin", bytes: madeUser1(release) },
    { name: "esp_init_data_default.bin", bytes: makePhyInit({ version: release.phyInitVersion }) },
    { name: "blank.bin", bytes: new Uint8Array(0x1000).fill(0xff) },
  ];
}

const LABEL = "made for a demonstration, no program";
const IRAM = 0x40100000;
const DRAM = 0x3ffe8000;

/** Of the SDK's boot loader 1.6: 3856 bytes in three segments. */
const BOOT_ENTRY = 0x40100438;
const BOOT_SIZES = [2408, 776, 632] as const;
/** See `stand-in.ts` of the virtual device. */
const STAND_IN = "VCHIPSDK";

/** A boot loader that only the virtual chip plays; its header says QIO, 40 MHz, 512KB, as that of a downloaded one does. */
export function madeBoot(): Uint8Array {
  const random = randomWords(0x1_6);
  const [text, data, constants] = BOOT_SIZES.map((size) => codeLike(size, random));
  putText(text, BOOT_ENTRY - IRAM, STAND_IN);
  putText(constants, 0, `2nd boot version : 1.6\n\0${LABEL}\0`);
  return bootImage({ mode: 0, sizeFreq: 0, entry: BOOT_ENTRY }, [
    { address: IRAM, bytes: text },
    { address: DRAM, bytes: data },
    { address: DRAM + BOOT_SIZES[1], bytes: constants },
  ]);
}

/** RAM parts of about the size of a real one. */
const TEXT_SIZE = 0x6f38;
const DATA_SIZE = 0x8ac;
const CONSTANTS_SIZE = 0x252c;
const SLOT_HEADER = 16;
const CRC_SIZE = 4;

/** Code that stays in flash, an image for RAM behind it, and the CRC of both, as the SDK's boot loader wants it. */
export function madeUser1(release: MadeRelease): Uint8Array {
  const random = randomWords(release.size);
  const inner = innerImage(release, random);
  const code = codeLike(release.size - SLOT_HEADER - inner.length - CRC_SIZE, random);
  // Where a real one has its banner, about.
  putText(
    code,
    code.length - 0x6d7b,
    `${release.copyright}\n\0Flash map %s, manuf 0x%x chip 0x%x\n\0${LABEL}\0`,
  );
  const image = new Uint8Array(release.size);
  const view = new DataView(image.buffer);
  image.set([0xea, 4, 0, 0]);
  view.setUint32(4, IRAM + 4, true);
  view.setUint32(12, code.length, true);
  image.set(code, SLOT_HEADER);
  image.set(inner, SLOT_HEADER + code.length);
  const crc = crc32(image.subarray(0, -CRC_SIZE));
  // As the vendor's script stores it, which takes the CRC for a signed number.
  view.setUint32(image.length - CRC_SIZE, crc >>> 31 === 1 ? ~crc >>> 0 : crc + 1, true);
  return image;
}

function innerImage({ build, version, sizeFreq }: MadeRelease, random: () => number): Uint8Array {
  const sizes = [TEXT_SIZE, DATA_SIZE, CONSTANTS_SIZE];
  const [text, data, constants] = sizes.map((size) => codeLike(size, random));
  putText(constants, 0x1800, `Server: Espruino ${version}\r\n\0BOARD\0${build}\0${LABEL}\0`);
  return bootImage({ mode: 0, sizeFreq, entry: IRAM + 4 }, [
    { address: IRAM, bytes: text },
    { address: DRAM, bytes: data },
    { address: DRAM + DATA_SIZE, bytes: constants },
  ]);
}

/** ASCII. */
function putText(bytes: Uint8Array, offset: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[offset + i] = text.charCodeAt(i);
}
