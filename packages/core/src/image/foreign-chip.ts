/**
 * Recognises images for the ESP32 family, which start with the same byte but carry 16 more header bytes.
 *
 * Layout there: 8 bytes as usual, then pin settings, a 16-bit chip id at byte 12, revisions, four reserved bytes at
 * 19 and a flag at 23 for an appended SHA-256; segments begin at byte 24.
 *
 * @module
 */
import { readHalf, readWord } from "../bytes.js";
import { findMemory, type ImageTarget } from "./image-target.js";
import { SEGMENT_HEADER_SIZE } from "./image-types.js";

const EXTENDED_HEADER_SIZE = 24;

/** Chip ids of the extended image header. */
const CHIP_NAMES: ReadonlyMap<number, string> = new Map([
  [0, "ESP32"],
  [2, "ESP32-S2"],
  [5, "ESP32-C3"],
  [9, "ESP32-S3"],
  [12, "ESP32-C2"],
  [13, "ESP32-C6"],
  [16, "ESP32-H2"],
  [18, "ESP32-P4"],
  [20, "ESP32-C61"],
  [23, "ESP32-C5"],
  [25, "ESP32-H21"],
  [28, "ESP32-H4"],
]);

/**
 * The chip of the ESP32 family that an 0xE9 image is for; `undefined` when it is not one of theirs.
 *
 * An image whose entry point and first segment both fit the target's memory is never called foreign.
 */
export function findForeignChip(bytes: Uint8Array, target: ImageTarget): string | undefined {
  if (bytes.length < EXTENDED_HEADER_SIZE + SEGMENT_HEADER_SIZE) return undefined;
  if (fitsTarget(bytes, target) || !hasExtendedHeader(bytes)) return undefined;
  const chipId = readHalf(bytes, 12);
  return CHIP_NAMES.get(chipId) ?? `ESP32 family (chip id ${chipId})`;
}

function fitsTarget(bytes: Uint8Array, target: ImageTarget): boolean {
  const entry = findMemory(target, readWord(bytes, 4));
  const segment = findMemory(target, readWord(bytes, 8));
  return entry?.executable === true && segment?.loadable === true;
}

function hasExtendedHeader(bytes: Uint8Array): boolean {
  const reservedIsClear = readWord(bytes, 19) === 0;
  const hashFlag = bytes[23]!;
  return (
    reservedIsClear &&
    hashFlag <= 1 &&
    isFamilyAddress(readWord(bytes, 4)) &&
    isFamilyAddress(readWord(bytes, EXTENDED_HEADER_SIZE))
  );
}

/** From the cached data window at 0x3C000000 to the end of RTC memory: where all chips of the family load and start. */
function isFamilyAddress(address: number): boolean {
  return address >= 0x3c00_0000 && address < 0x6000_0000;
}
