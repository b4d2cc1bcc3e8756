/**
 * Which sectors hold already what they are to hold.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import { type FlashContents, isKnownToHold } from "../flash/contents.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../flash/geometry.js";
import type { PreparedImage } from "../flash/plan-images.js";
import { sectorsOf } from "../flash/plan-writes.js";
import { contains, isAligned, mergeRegions, overlaps, type Region, regionBetween } from "../flash/region.js";

/** Whole sectors and what they are to hold. */
export interface SectorTarget {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The images in whole sectors; bytes of those sectors that are in none are erased ones. */
export function wholeSectors(images: readonly PreparedImage[]): SectorTarget[] {
  return sectorsOf(images.map(({ region }) => region)).map((sectors) => {
    const bytes = new Uint8Array(sectors.size).fill(ERASED_BYTE);
    for (const image of images) {
      if (overlaps(sectors, image.region)) bytes.set(image.bytes, image.region.offset - sectors.offset);
    }
    return { offset: sectors.offset, bytes };
  });
}

/** A region of erased bytes. */
export function blankTarget({ offset, size }: Region): SectorTarget {
  return { offset, bytes: new Uint8Array(size).fill(ERASED_BYTE) };
}

/** The sectors of `target` that are known to hold its bytes, by what was read or hashed; merged, by rising offset. */
export function equalSectors(target: SectorTarget, contents: FlashContents, codecs: Codecs): Region[] {
  const whole = { offset: target.offset, size: target.bytes.length };
  const equal: Region[] = [];
  for (const { md5, ...digest } of contents.digests) {
    if (!isAligned(digest, SECTOR_SIZE) || !contains(whole, digest)) continue;
    if (toHex(codecs.md5(slice(target, digest))) === md5) equal.push(digest);
  }
  for (let offset = whole.offset; offset < whole.offset + whole.size; offset += SECTOR_SIZE) {
    const sector = regionBetween(offset, offset + SECTOR_SIZE);
    if (isKnownToHold(offset, slice(target, sector), contents)) equal.push(sector);
  }
  return mergeRegions(equal);
}

/** The bytes of a region that lies within `target`. */
export function slice({ offset, bytes }: SectorTarget, region: Region): Uint8Array {
  const start = region.offset - offset;
  return bytes.subarray(start, start + region.size);
}
