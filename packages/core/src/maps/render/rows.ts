/**
 * Where regions go in a drawing: to scale in one bar, and in a second one so high that each can be read.
 *
 * @module
 */
import { regionEnd } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";

/** Pixels of a row with two lines of text, of one with a single line, and of the whole at least. */
const ROW = 36;
const SMALL_ROW = 22;
const LEAST_HEIGHT = 440;

/** A region's row: from `top` down, `height` pixels. */
export interface Row {
  readonly region: LayoutRegion;
  readonly top: number;
  readonly height: number;
}

/** What one column shows. */
export interface Column {
  readonly rows: readonly Row[];
  /** Pixels of both bars. */
  readonly height: number;
}

/** Rows in the order of the regions. Room that is left over goes to them in proportion to their size. */
export function placeRows(regions: readonly LayoutRegion[], least = LEAST_HEIGHT): Column {
  const needed = regions.reduce((sum, region) => sum + leastHeight(region), 0);
  const height = Math.max(needed, least);
  const bytes = regions.reduce((sum, { size }) => sum + size, 0);
  let top = 0;
  const rows = regions.map((region) => {
    const share = bytes === 0 ? 0 : ((height - needed) * region.size) / bytes;
    const row = { region, top, height: leastHeight(region) + share };
    top += row.height;
    return row;
  });
  return { rows, height };
}

/** Pixels from the top of a bar of `height` that shows `size` bytes. */
export function toScale(offset: number, size: number, height: number): number {
  return (offset / size) * height;
}

/** How many of the regions before it a region lies on: 0 for most, more where a map does not fit. */
export function depths(regions: readonly LayoutRegion[]): number[] {
  const placed: { region: LayoutRegion; depth: number }[] = [];
  return regions.map((region) => {
    const below = placed.filter((other) => regionEnd(other.region) > region.offset);
    const depth = below.length === 0 ? 0 : Math.max(...below.map((other) => other.depth)) + 1;
    placed.push({ region, depth });
    return depth;
  });
}

function leastHeight({ owner }: LayoutRegion): number {
  return owner === "unused" ? SMALL_ROW : ROW;
}
