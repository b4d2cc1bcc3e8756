/**
 * What is known of the bytes on a chip, from whatever was read or hashed.
 *
 * @module
 */
import { equalBytes, isFilledWith } from "../bytes.js";
import { ERASED_BYTE } from "./geometry.js";
import { contains, type Region } from "./region.js";

/** Bytes that are known to be on the chip. */
export interface KnownContent {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A digest of bytes on the chip. */
export interface KnownDigest extends Region {
  /** MD5 in lower-case hex. */
  readonly md5: string;
}

/** All that is known of the bytes on a chip. */
export interface FlashContents {
  readonly bytes: readonly KnownContent[];
  readonly digests: readonly KnownDigest[];
  /** Known to be erased; merged, by rising offset. */
  readonly blank: readonly Region[];
}

/** Nothing. */
export const unknownContents: FlashContents = { bytes: [], digests: [], blank: [] };

/** The bytes of `region` where all of them are known: read, or known to be erased. */
export function bytesOf(region: Region, contents: FlashContents): Uint8Array | undefined {
  const known = contents.bytes.find(({ offset, bytes }) => contains({ offset, size: bytes.length }, region));
  if (known !== undefined) {
    const start = region.offset - known.offset;
    return known.bytes.subarray(start, start + region.size);
  }
  const isBlank = contents.blank.some((blank) => contains(blank, region));
  return isBlank ? new Uint8Array(region.size).fill(ERASED_BYTE) : undefined;
}

/** Whether `region` is known to be erased. */
export function isKnownBlank(region: Region, contents: FlashContents): boolean {
  if (contents.blank.some((blank) => contains(blank, region))) return true;
  const known = bytesOf(region, contents);
  return known !== undefined && isFilledWith(known, ERASED_BYTE);
}

/** Whether flash from `offset` is known to hold exactly `bytes`, as bytes that were read or as erased ones. */
export function isKnownToHold(offset: number, bytes: Uint8Array, contents: FlashContents): boolean {
  const known = bytesOf({ offset, size: bytes.length }, contents);
  return known !== undefined && equalBytes(known, bytes);
}
