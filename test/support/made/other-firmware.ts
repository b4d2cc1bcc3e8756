/** Firmware of other families, made: what each is recognised by, where its makers put it, around bytes that are no program. @module */
import { createHash } from "node:crypto";
import { codeLike, concat, cString, words } from "./filler.js";
import { bootRomImage, crc32Of, type MadeSegment, slotImage, slotOverhead } from "./image-format.js";

/** A file and where it goes. */
export interface MadePart {
  readonly name: string;
  /** From the start of flash. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const IRAM = 0x40100000;
const DRAM = 0x3ffe8000;

/** Code for RAM and its data, of usual sizes; texts stand in the read-only data. */
function ramSegments(seed: string, texts: readonly string[]): MadeSegment[] {
  const rodata = codeLike(0x1e90, `${seed} rodata`);
  rodata.set(concat(...texts.map(cString)), 0x420);
  return [
    { address: IRAM, bytes: codeLike(0x6848, `${seed} text`) },
    { address: DRAM, bytes: codeLike(0x8c4, `${seed} data`) },
    { address: DRAM + 0x8d0, bytes: rodata },
  ];
}

/** Code for flash with texts a while before its end. */
function flashCode(size: number, seed: string, texts: readonly string[]): Uint8Array {
  const code = codeLike(size, `${seed} irom`);
  const text = concat(...texts.map(cString));
  code.set(text, size - text.length - 0x400);
  return code;
}

const RF_CAL_TEXT = "rf_cal[0] !=0x05,is 0x%02X\n";

const atTexts = (version: string): string[] => [
  `compile time:Jun 17 2024 07:37:40\r\nBin version(Wroom 02):${version}`,
  "AT version:%d.%d.%d.%d(%s %s)\r\n",
  "SDK version:%s\r\n",
  "compile time:%s\r\n",
];

/** Espressif's AT firmware for the second boot. */
export function madeAtImage(
  options: { slot?: 1 | 2; mode?: number; sizeFreq?: number; version?: string; size?: number } = {},
): Uint8Array {
  const { slot = 1, mode = 0, sizeFreq = 0x50, version = "1.7.6", size = 446_196 } = options;
  const seed = `made at ${version} ${slot}`;
  const segments = ramSegments(seed, atTexts(version));
  const overhead = slotOverhead(segments.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const code = flashCode(size - overhead, seed, [RF_CAL_TEXT, "Firmware ONLY supports ESP8266!!!\n"]);
  return slotImage(slot, code, { mode, sizeFreq, entry: IRAM + 0x2dc }, segments);
}

/** Espressif's AT firmware without second boot: `eagle.flash.bin` and `eagle.irom0text.bin`. */
export function madeAtNoBoot(
  options: { mode?: number; sizeFreq?: number; version?: string } = {},
): MadePart[] {
  const { mode = 0, sizeFreq = 0x40, version = "1.7.6" } = options;
  const seed = `made at-no-boot ${version}`;
  const boot = bootRomImage({ mode, sizeFreq, entry: IRAM + 4 }, ramSegments(seed, atTexts(version)));
  return [
    { name: "eagle.flash.bin", offset: 0, bytes: boot },
    { name: "eagle.irom0text.bin", offset: 0x10000, bytes: flashCode(0x59a40, seed, [RF_CAL_TEXT]) },
  ];
}

/** The boot loader of an Arduino core: entry point and size of its only segment. */
const eboots = {
  "2.5.2": { entry: 0x4010f29c, size: 1384 },
  "2.7.4": { entry: 0x4010f45c, size: 3584 },
  "3.0.2": { entry: 0x4010f494, size: 3460 },
  "3.1.2": { entry: 0x4010f480, size: 3424 },
} as const;
export type ArduinoCore = keyof typeof eboots;

const sketchTexts = {
  arduino: () => ["sketch ready"],
  tasmota: (version: string) => ["Tasmota", `${version}(tasmota)`, "%s%s Tasmota %s"],
  esphome: (version: string) => [`ESPHome version ${version}`, "esphome"],
} as const;

/** What an Arduino sketch is to be. */
export interface ArduinoImageOptions {
  readonly family?: keyof typeof sketchTexts;
  /** Of the sketch: `13.1.0`. */
  readonly version?: string;
  readonly core?: ArduinoCore;
  readonly mode?: number;
  readonly sizeFreq?: number;
  /** Bytes of the code in flash. */
  readonly codeSize?: number;
}

/** One file for offset 0: eboot, filled with 0xAA up to 0x1000, and the sketch, with its length at 0x1010. */
export function madeArduinoImage(options: ArduinoImageOptions = {}): Uint8Array {
  const { family = "arduino", version = "1.0.0", core = "3.0.2", mode = 2, sizeFreq = 0x40 } = options;
  const { codeSize = 0x58000 } = options;
  const seed = `made ${family} ${version} ${core}`;
  const eboot = eboots[core];
  const boot = bootRomImage({ mode, sizeFreq, entry: eboot.entry }, [
    { address: 0x4010f000, bytes: codeLike(eboot.size, `made eboot ${core}`) },
  ]);
  const code = flashCode(codeSize, seed, [`${core}(sketch)`, ...sketchTexts[family](version)]);
  const app = bootRomImage({ mode, sizeFreq, entry: IRAM + 0xfc }, [
    { address: 0x40201010, bytes: code },
    ...ramSegments(seed, ["2.2.2-dev(38a443e)"]),
  ]);
  const file = concat(boot, new Uint8Array(0x1000 - boot.length).fill(0xaa), app);
  return core === "2.5.2" ? file : withLength(file);
}

/** Length and a CRC in the first bytes of the sketch's code, as cores since 2.6 do. How the CRC is computed is a guess. */
function withLength(file: Uint8Array): Uint8Array {
  file.set(words(file.length, 0), 0x1010);
  const crc = crc32Of(file);
  file.set(words(crc), 0x1014);
  // The checksum covers these bytes: take them into it again.
  const last = file.length - 1;
  const segments = readSegments(file, 0x1000);
  file[last] = segments.reduce((sum, bytes) => bytes.reduce((xor, byte) => xor ^ byte, sum), 0xef);
  return file;
}

function readSegments(file: Uint8Array, image: number): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const segments: Uint8Array[] = [];
  let at = image + 8;
  for (let i = 0; i < file[image + 1]!; i++) {
    const size = view.getUint32(at + 4, true);
    segments.push(file.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return segments;
}

/** NodeMCU of generation 2 (SDK 2, code raw at 0x10000) or 3 (SDK 3, records in the first 4 KB of the code). */
export function madeNodeMcu(
  options: { generation?: 2 | 3; mode?: number; sizeFreq?: number } = {},
): MadePart[] {
  const { generation = 2, mode = 2, sizeFreq = 0x40 } = options;
  const version = generation === 3 ? "3.0.0.0" : "2.2.0.0";
  const seed = `made nodemcu ${version}`;
  const texts = [`NodeMCU ${version}`, "powered by Lua 5.1.4 on SDK 2.2.1(6ab97e9)"];
  const boot = bootRomImage({ mode, sizeFreq, entry: IRAM + 4 }, ramSegments(seed, texts));
  return [
    { name: "0x00000.bin", offset: 0, bytes: boot },
    { name: "0x10000.bin", offset: 0x10000, bytes: flashCode(0x60000, seed, texts) },
  ];
}

/** MicroPython: RAM segments at 0, code at 0x9000, total length before it and an MD5 behind it. */
export function madeMicroPython(
  options: { version?: string; mode?: number; sizeFreq?: number } = {},
): Uint8Array {
  const { version = "v1.19.1", mode = 2, sizeFreq = 0x40 } = options;
  const seed = `made micropython ${version}`;
  const boot = bootRomImage({ mode, sizeFreq, entry: IRAM + 4 }, ramSegments(seed, [RF_CAL_TEXT]));
  const code = flashCode(0x90000, seed, [`MicroPython ${version} on 2022-06-18`, "ESP module with ESP8266"]);
  const total = 0x9000 + code.length;
  const pad = new Uint8Array(0x8ffc - boot.length).fill(0xff);
  const body = concat(boot, pad, words(total), code);
  // The header's mode and size may be changed by a flasher, so the digest leaves the first 4 bytes out.
  return concat(body, createHash("md5").update(body.subarray(4)).digest());
}

/** rBoot with its configuration and its applications. */
export function madeRboot(
  options: { mode?: number; sizeFreq?: number; flashSize?: number; current?: 0 | 1 } = {},
): MadePart[] {
  const { mode = 2, sizeFreq = 0x40, flashSize = 0x400000, current = 0 } = options;
  const rodata = codeLike(0x300, "made rboot rodata");
  rodata.set(cString("\r\n\r\nrBoot v1.4.2 - richardaburton@gmail.com\r\n"), 0x40);
  const boot = bootRomImage({ mode, sizeFreq, entry: 0x4010f000 }, [
    { address: 0x4010f000, bytes: codeLike(0x680, "made rboot text") },
    { address: DRAM, bytes: rodata },
  ]);
  // Half of the flash, or of the megabyte that code runs from.
  const roms = [0x2000, Math.min(flashSize, 0x200000) / 2 + 0x2000];
  const config = concat(Uint8Array.of(0xe1, 1, 0, current, 0, 2, 0, 0), words(...roms));
  const rom = roms.map((_, index) => madeSmingImage(index, mode, sizeFreq));
  return [
    { name: "rboot.bin", offset: 0, bytes: boot },
    { name: "rboot config", offset: 0x1000, bytes: config },
    { name: "rom0.bin", offset: roms[0]!, bytes: rom[0]! },
    { name: "rom1.bin", offset: roms[1]!, bytes: rom[1]! },
  ];
}

function madeSmingImage(index: number, mode: number, sizeFreq: number): Uint8Array {
  const seed = `made sming ${index}`;
  const code = flashCode(0x40000, seed, ["Sming", RF_CAL_TEXT]);
  return slotImage(0, code, { mode, sizeFreq, entry: IRAM + 4 }, ramSegments(seed, ["3.0.5(b29dcd3)"]));
}

/** An application of ESP8266_RTOS_SDK 3: boot loader, partition table at 0x8000, application at 0x10000. */
export function madeRtos(options: { mode?: number; sizeFreq?: number } = {}): MadePart[] {
  const { mode = 2, sizeFreq = 0x20 } = options;
  const seed = "made rtos";
  const boot = bootRomImage({ mode, sizeFreq, entry: IRAM + 4 }, [
    { address: IRAM, bytes: codeLike(0x2a00, `${seed} boot`) },
  ]);
  const entry = (type: number, subtype: number, offset: number, size: number, name: string) =>
    concat(Uint8Array.of(0xaa, 0x50, type, subtype), words(offset, size), cString(name.padEnd(19, "\0")));
  const table = concat(
    entry(1, 2, 0x9000, 0x6000, "nvs").subarray(0, 32),
    entry(1, 1, 0xf000, 0x1000, "phy_init").subarray(0, 32),
    entry(0, 0, 0x10000, 0xf0000, "factory").subarray(0, 32),
  );
  const app = bootRomImage({ mode, sizeFreq, entry: IRAM + 4 }, [
    { address: 0x40210010, bytes: flashCode(0x30000, seed, ["v3.4"]) },
    ...ramSegments(seed, ["rtos app"]),
  ]);
  return [
    { name: "bootloader.bin", offset: 0, bytes: boot },
    { name: "partitions.bin", offset: 0x8000, bytes: table },
    { name: "app.bin", offset: 0x10000, bytes: app },
  ];
}
