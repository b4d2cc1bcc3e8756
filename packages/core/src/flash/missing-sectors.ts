/**
 * Which sectors do not hold what they are to hold, found with few questions.
 *
 * @module
 */

import type { Progress } from "../loader/loader.js";
import type { StubLoader } from "../loader/stub-loader.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { AbortSignalLike } from "../transport.js";
import { SECTOR_SIZE } from "./geometry.js";
import { mergeRegions, type Region, regionBetween, regionEnd } from "./region.js";
import { holdsBytes } from "./verify.js";

/** Compared first; where it differs, its sectors are compared one by one. */
const BLOCK = 0x10000;

/**
 * Sectors of flash from `offset` on that do not hold `bytes`, and before each stretch of them the sector before it: whatever
 * was interrupted there may read right today and not tomorrow.
 * @param offset start of a sector; the last sector may be filled in part
 * @returns merged, by rising offset, within `bytes`
 */
export async function missingSectors(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  progress?: Progress,
  signal?: AbortSignalLike,
): Promise<Region[]> {
  const missing = await differingSectors(loader, offset, bytes, progress, signal);
  return mergeRegions(missing.map((sector) => withSectorBefore(sector, offset)));
}

/**
 * Pieces of a sector's size, counted from `offset`, in which flash differs from `bytes`.
 * @returns merged, by rising offset, within `bytes`
 */
export async function differingSectors(
  loader: StubLoader,
  offset: number,
  bytes: Uint8Array,
  progress: Progress = () => {},
  signal?: AbortSignalLike,
): Promise<Region[]> {
  const end = offset + bytes.length;
  const differing: Region[] = [];
  const differs = async ({ offset: at, size }: Region): Promise<boolean> => {
    throwIfAborted(signal);
    const expected = bytes.subarray(at - offset, at - offset + size);
    return !(await holdsBytes(loader, at, expected, signal));
  };
  for (const block of piecesOf(offset, end, BLOCK)) {
    if (await differs(block)) {
      for (const sector of piecesOf(block.offset, regionEnd(block), SECTOR_SIZE)) {
        if (await differs(sector)) differing.push(sector);
      }
    }
    progress(regionEnd(block) - offset);
  }
  return mergeRegions(differing);
}

function withSectorBefore(sector: Region, start: number): Region {
  return regionBetween(Math.max(start, sector.offset - SECTOR_SIZE), regionEnd(sector));
}

function piecesOf(offset: number, end: number, size: number): Region[] {
  const pieces: Region[] = [];
  for (let at = offset; at < end; at += size) pieces.push(regionBetween(at, Math.min(at + size, end)));
  return pieces;
}
