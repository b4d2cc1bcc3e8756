/**
 * Stretches of flash and the arithmetic on them. Pure; knows nothing of what lies in them.
 *
 * @module
 */

/** Bytes `offset` up to, and not including, `offset + size`. A region of size 0 holds no byte. */
export interface Region {
  /** Bytes from the start of flash. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** A region from its first byte and the one behind its last; empty when `end` is not behind `offset`. */
export function regionBetween(offset: number, end: number): Region {
  return { offset, size: Math.max(0, end - offset) };
}

/** Offset of the first byte behind the region. */
export function regionEnd(region: Region): number {
  return region.offset + region.size;
}

/** Whether the two share at least one byte. Neighbours do not, nor does anything with an empty region. */
export function overlaps(a: Region, b: Region): boolean {
  return intersect(a, b) !== undefined;
}

/** The bytes that both hold; `undefined` when there are none. */
export function intersect(a: Region, b: Region): Region | undefined {
  const common = regionBetween(Math.max(a.offset, b.offset), Math.min(regionEnd(a), regionEnd(b)));
  return common.size === 0 ? undefined : common;
}

/** Whether every byte of `inner` lies in `outer`. An empty region is contained where its offset is, both ends included. */
export function contains(outer: Region, inner: Region): boolean {
  return inner.offset >= outer.offset && regionEnd(inner) <= regionEnd(outer);
}

/** Whether the byte at `offset` lies in the region. */
export function containsOffset(region: Region, offset: number): boolean {
  return offset >= region.offset && offset < regionEnd(region);
}

/** `value` rounded down to a multiple of `unit`. Not limited to 32 bits; `unit` need not be a power of two. */
export function alignDown(value: number, unit: number): number {
  return value - (value % unit);
}

/** `value` rounded up to a multiple of `unit`. */
export function alignUp(value: number, unit: number): number {
  return alignDown(value + unit - 1, unit);
}

/** Whether both ends lie on multiples of `unit` bytes. */
export function isAligned(region: Region, unit: number): boolean {
  return region.offset % unit === 0 && region.size % unit === 0;
}

/** The smallest region of whole units that holds `region`: what an erase of it really erases. An empty one stays empty. */
export function alignOutward(region: Region, unit: number): Region {
  const offset = alignDown(region.offset, unit);
  if (region.size === 0) return { offset, size: 0 };
  return regionBetween(offset, alignUp(regionEnd(region), unit));
}

/** The region cut at multiples of `unit` bytes, by rising offset; its first and last piece may be smaller than a unit. */
export function cutIntoUnits(region: Region, unit: number): Region[] {
  const pieces: Region[] = [];
  for (let offset = region.offset; offset < regionEnd(region); ) {
    const end = Math.min(regionEnd(region), alignDown(offset, unit) + unit);
    pieces.push(regionBetween(offset, end));
    offset = end;
  }
  return pieces;
}

/** The same bytes as the fewest regions, in rising order: overlapping and touching ones joined, empty ones dropped. */
export function mergeRegions(regions: Iterable<Region>): Region[] {
  const sorted = [...regions].filter(({ size }) => size > 0).sort((a, b) => a.offset - b.offset);
  const merged: Region[] = [];
  for (const region of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && region.offset <= regionEnd(last)) {
      merged[merged.length - 1] = regionBetween(last.offset, Math.max(regionEnd(last), regionEnd(region)));
    } else {
      merged.push({ offset: region.offset, size: region.size });
    }
  }
  return merged;
}

/** The bytes of `region` that none of `holes` holds, in rising order. */
export function subtractRegions(region: Region, holes: Iterable<Region>): Region[] {
  const left: Region[] = [];
  let offset = region.offset;
  for (const hole of mergeRegions(holes)) {
    if (!overlaps(region, hole)) continue;
    if (hole.offset > offset) left.push(regionBetween(offset, hole.offset));
    offset = regionEnd(hole);
  }
  if (offset < regionEnd(region)) left.push(regionBetween(offset, regionEnd(region)));
  return left;
}

/** Bytes in all regions together; a byte that two of them hold counts once. */
export function totalSize(regions: Iterable<Region>): number {
  return mergeRegions(regions).reduce((sum, { size }) => sum + size, 0);
}
