/** A 4 MB chip with Espruino 2v09, its Storage and what else it keeps; made for tests, no real firmware. @module */

import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import type { FlashSource } from "../diagnose/flash-source.js";
import { regionEnd } from "../flash/region.js";
import { flashMap } from "../maps/flash-map.js";
import { layoutFor } from "../maps/layout-for.js";
import type { BackupSource } from "./make-backup.js";
import { readForBackup } from "./read-for-backup.js";

export const PASSWORD = "correct horse battery";
export const SSID = "attic-network";
export const FLASH_SIZE = 0x40_0000;
export const STORAGE = 0xcb000;

export const layout = layoutFor({ family: "espruino", build: "ESP8266_4MB", version: "2v09" }, 6)!;

/** Text as bytes. */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Bytes that look like code: the same for the same seed, and none of them blank sectors. */
export function filler(size: number, seed = 1): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 16;
  });
}

function storageFile(name: string, data: Uint8Array): Uint8Array {
  const file = new Uint8Array(32 + Math.ceil(data.length / 4) * 4).fill(0xff);
  file.set([data.length & 0xff, data.length >>> 8, 0, 0]);
  file.fill(0, 4, 32);
  file.set(ascii(name), 4);
  file.set(data, 32);
  return file;
}

/** The whole flash. */
export function sampleFlash(): Uint8Array {
  const flash = new Uint8Array(FLASH_SIZE).fill(0xff);
  flash.set([0xe9, 3, 2, 0x60], 0);
  flash.set(filler(0xc00), 4);
  flash.set(filler(0x1_1000, 2), 0x1000);
  const settings = ascii(JSON.stringify({ ssid: SSID, password: PASSWORD }));
  let at = STORAGE;
  for (const file of [
    // The firmware deletes a file by clearing the first four characters of its name.
    storageFile("\0\0\0\0icfg", ascii(JSON.stringify({ ssid: SSID, password: `${PASSWORD} of old` }))),
    storageFile(".bootcde", ascii("print('hello')")),
    storageFile(".wificfg", settings),
    storageFile("notes.txt", filler(0x1100, 3)),
  ]) {
    flash.set(file, at);
    at += file.length;
  }
  flash.set(filler(300, 4), 0x3fb000);
  flash.set([5, 8, 4, 2], 0x3fc000);
  flash.set(ascii(`\x05${SSID}\0${PASSWORD}\0`), 0x3fd000);
  flash.set([0], 0x3ff000);
  return flash;
}

/** A flash that counts what is asked of it, in bytes. */
export function countingSource(flash: Uint8Array): FlashSource & { read: FlashSource["read"]; cost: Cost } {
  const cost = { read: 0, hashed: 0, questions: 0 };
  return {
    size: flash.length,
    cost,
    async read(region) {
      cost.read += region.size;
      return flash.slice(region.offset, regionEnd(region));
    },
    async md5(region) {
      cost.hashed += region.size;
      cost.questions += 1;
      return toHex(defaultCodecs.md5(flash.subarray(region.offset, regionEnd(region))));
    },
  };
}

interface Cost {
  readonly read: number;
  readonly hashed: number;
  readonly questions: number;
}

/** What `makeBackup` takes for the whole of a flash. */
export async function sampleSource(flash = sampleFlash()): Promise<BackupSource> {
  return {
    chip: { target: "esp8266", name: "ESP8266EX", mac: "5c:cf:7f:12:34:56" },
    flash: { id: 0x1640e0 },
    flashSize: flash.length,
    date: "2026-11-22T21:05:00Z",
    map: flashMap(6),
    layout,
    programs: [{ offset: 0, size: 0x1_2000 }],
    contents: await readForBackup(countingSource(flash), [{ offset: 0, size: flash.length }]),
  };
}
