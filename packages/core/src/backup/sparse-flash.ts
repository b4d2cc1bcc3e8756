/**
 * Flash of which only sectors that are not blank are held.
 *
 * @module
 */
import { concat, isFilledWith } from "../bytes.js";
import type { KnownContent } from "../flash/contents.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../flash/geometry.js";
import {
  alignOutward,
  contains,
  intersect,
  mergeRegions,
  type Region,
  regionEnd,
  subtractRegions,
} from "../flash/region.js";

/** What was read for a backup. */
export interface SparseFlash {
  /** Whole sectors of which everything is known; merged, by rising offset. */
  readonly covers: readonly Region[];
  /** Those of them that are not blank, whole, by rising offset; neighbours may be joined. */
  readonly pieces: readonly KnownContent[];
}

/** The stretch that a piece fills. */
export function regionOf({ offset, bytes }: KnownContent): Region {
  return { offset, size: bytes.length };
}

/** The bytes of a region, erased where no piece has any. */
export function assemble(region: Region, { pieces }: SparseFlash): Uint8Array {
  const bytes = new Uint8Array(region.size).fill(ERASED_BYTE);
  for (const piece of pieces) {
    const common = intersect(region, regionOf(piece));
    if (common !== undefined) bytes.set(cut(piece, common).bytes, common.offset - region.offset);
  }
  return bytes;
}

/** Whether everything of a region is known. */
export function covers(flash: SparseFlash, region: Region): boolean {
  return flash.covers.some((cover) => contains(cover, region));
}

/** Whether any piece has bytes of a region. */
export function hasBytes(flash: SparseFlash, region: Region): boolean {
  return flash.pieces.some((piece) => intersect(region, regionOf(piece)) !== undefined);
}

/** The same flash without the sectors of some regions: they are no longer spoken for. */
export function leaveOut(flash: SparseFlash, regions: readonly Region[]): SparseFlash {
  const holes = regions.map((region) => alignOutward(region, SECTOR_SIZE));
  return {
    covers: flash.covers.flatMap((cover) => subtractRegions(cover, holes)),
    pieces: flash.pieces.flatMap((piece) =>
      subtractRegions(regionOf(piece), holes).map((left) => cut(piece, left)),
    ),
  };
}

/** The same flash with other bytes in a region of whole sectors, which it covers. */
export function replace(flash: SparseFlash, offset: number, bytes: Uint8Array): SparseFlash {
  const without = leaveOut(flash, [{ offset, size: bytes.length }]);
  return { covers: flash.covers, pieces: [...without.pieces, ...usedSectors(offset, bytes)].sort(byOffset) };
}

/** The sectors of a stretch that are not blank, neighbours joined. */
export function usedSectors(offset: number, bytes: Uint8Array): KnownContent[] {
  const used: Region[] = [];
  for (let at = 0; at < bytes.length; at += SECTOR_SIZE) {
    const sector = bytes.subarray(at, at + SECTOR_SIZE);
    if (!isFilledWith(sector, ERASED_BYTE)) used.push({ offset: offset + at, size: sector.length });
  }
  return mergeRegions(used).map((region) => cut({ offset, bytes }, region));
}

/** Pieces that touch as one, cut where one of `borders` lies. */
export function cutAt(pieces: readonly KnownContent[], borders: Iterable<number>): KnownContent[] {
  const sorted = [...new Set(borders)].sort((a, b) => a - b);
  return joined(pieces).flatMap((piece) => {
    const region = regionOf(piece);
    const inside = sorted.filter((border) => border > region.offset && border < regionEnd(region));
    const starts = [region.offset, ...inside];
    const ends = [...inside, regionEnd(region)];
    return starts.map((start, i) => cut(piece, { offset: start, size: ends[i] - start }));
  });
}

function joined(pieces: readonly KnownContent[]): KnownContent[] {
  return mergeRegions(pieces.map(regionOf)).map((region) => ({
    offset: region.offset,
    bytes: concat(pieces.filter((piece) => contains(region, regionOf(piece))).map(({ bytes }) => bytes)),
  }));
}

/** The part of a piece that fills a region, which lies within it. */
export function cut({ offset, bytes }: KnownContent, region: Region): KnownContent {
  const start = region.offset - offset;
  return { offset: region.offset, bytes: bytes.subarray(start, start + region.size) };
}

/** Rising offsets. */
export function byOffset(a: KnownContent, b: KnownContent): number {
  return a.offset - b.offset;
}
