/** The sets of real firmware that tests flash, and what a set leaves in flash. @module */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  esp8266FlashParams,
  type HeaderChoice,
  type ImageInput,
  parseFlashFreq,
  parseFlashMode,
  parseFlashSize,
  type Region,
} from "@flashwright/core";
import { firmwareFolder } from "../../support/requirements.js";

const SECTOR = 0x1000;
const SECTORS_PER_BLOCK = 16;

/** Files, their places, and the flash parameters for the header at offset 0. */
export interface FirmwareSet {
  readonly images: readonly ImageInput[];
  readonly header: HeaderChoice;
  /** Bytes 2 and 3 of the header as `header` makes them. */
  readonly headerBytes: readonly [number, number];
  /** What the firmware itself writes when it starts: RF calibration, its own files, the SDK's parameters. */
  readonly ownSectors: readonly Region[];
}

function headerChoice(mode: string, size: string): HeaderChoice {
  return {
    mode: parseFlashMode(mode, esp8266FlashParams),
    freq: parseFlashFreq("40m", esp8266FlashParams),
    size: parseFlashSize(size, esp8266FlashParams),
  };
}

function image(folder: string, name: string, offset: number): ImageInput {
  return { name, offset, bytes: new Uint8Array(readFileSync(join(firmwareFolder(), folder, name))) };
}

/** Espruino 2v09 on 4 MB with the map 512+512. */
export function espruinoSet(): FirmwareSet {
  const folder = "espruino-2v09-esp8266";
  return {
    images: [
      image(folder, "boot_v1.6.bin", 0),
      image(folder, "espruino_esp8266_user1.bin", 0x1000),
      image(folder, "esp_init_data_default.bin", 0x3fc000),
      image(folder, "blank.bin", 0x3fe000),
    ],
    header: headerChoice("dio", "4MB"),
    headerBytes: [0x02, 0x40],
    ownSectors: [
      { offset: 0x77000, size: 0x4000 },
      { offset: 0x3fb000, size: 0x1000 },
      { offset: 0x3fd000, size: 0x3000 },
    ],
  };
}

/** Espressif's AT firmware with both its slots on 4 MB with the map 1024+1024. */
export function atSet(): FirmwareSet {
  const at = "esp8266-at-1024+1024";
  const sdk = "esp8266-sdk";
  return {
    images: [
      image(sdk, "boot_v1.6.bin", 0),
      image(at, "user1.2048.new.5.bin", 0x1000),
      image(sdk, "blank.bin", 0xfe000),
      image(at, "user2.2048.new.5.bin", 0x101000),
      image(sdk, "esp_init_data_default_v08.bin", 0x3fc000),
      image(sdk, "blank.bin", 0x3fe000),
    ],
    header: headerChoice("dio", "4MB-c1"),
    headerBytes: [0x02, 0x60],
    ownSectors: [
      { offset: 0x3fb000, size: 0x1000 },
      { offset: 0x3fd000, size: 0x3000 },
    ],
  };
}

/** The files' bytes as they belong in flash: the one at offset 0 has the new header. */
function placed({ images, headerBytes }: FirmwareSet): ImageInput[] {
  return images.map(({ name, offset, bytes }) => {
    const copy = bytes.slice();
    if (offset === 0) copy.set(headerBytes, 2);
    return { name, offset, bytes: copy };
  });
}

/** Flash with the sectors that a running firmware writes taken out of it. */
export function withoutOwn(flash: Uint8Array, { ownSectors }: FirmwareSet): Uint8Array {
  const rest = flash.slice();
  for (const { offset, size } of ownSectors) rest.fill(0, offset, offset + size);
  return rest;
}

/** What the flash holds afterwards where everything around the files is kept. */
export function keptAround(before: Uint8Array, set: FirmwareSet): Uint8Array {
  const after = before.slice();
  for (const { offset, bytes } of placed(set)) after.set(bytes, offset);
  return after;
}

/**
 * What the flash holds after the mask ROM has written the files: whole sectors erased, runs of neighbouring sectors in one
 * go, and one sector more behind a run whose count is odd and less than twice what is left of its first 64 KiB block.
 */
export function afterRom(before: Uint8Array, set: FirmwareSet): Uint8Array {
  const after = before.slice();
  for (const { first, count } of sectorRuns(set.images)) {
    const head = SECTORS_PER_BLOCK - (first % SECTORS_PER_BLOCK);
    const extra = count % 2 === 1 && count < 2 * head ? 1 : 0;
    after.fill(0xff, first * SECTOR, (first + count + extra) * SECTOR);
  }
  for (const { offset, bytes } of placed(set)) after.set(bytes, offset);
  return after;
}

function sectorRuns(images: readonly ImageInput[]): { first: number; count: number }[] {
  const used = new Set<number>();
  for (const { offset, bytes } of images) {
    for (let at = Math.floor(offset / SECTOR); at * SECTOR < offset + bytes.length; at++) used.add(at);
  }
  const runs: { first: number; count: number }[] = [];
  for (const sector of [...used].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === sector) last.count++;
    else runs.push({ first: sector, count: 1 });
  }
  return runs;
}
