import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BLOCK_SIZE, ERASED_BYTE, PAGE_SIZE, SECTOR_SIZE } from "./geometry.js";
import {
  alignOutward,
  alignUp,
  contains,
  containsOffset,
  cutIntoUnits,
  intersect,
  isAligned,
  mergeRegions,
  overlaps,
  type Region,
  regionBetween,
  regionEnd,
  subtractRegions,
  totalSize,
} from "./region.js";

const region = (offset: number, size: number): Region => ({ offset, size });

describe("geometry", () => {
  it("is that of serial NOR flash", () => {
    expect([PAGE_SIZE, SECTOR_SIZE, BLOCK_SIZE, ERASED_BYTE]).toEqual([256, 4096, 65536, 255]);
  });
});

describe("a region", () => {
  it("does not hold the byte at its end", () => {
    expect(regionEnd(region(0x1000, 0x1000))).toBe(0x2000);
    expect(containsOffset(region(0x1000, 0x1000), 0x1fff)).toBe(true);
    expect(containsOffset(region(0x1000, 0x1000), 0x2000)).toBe(false);
  });

  it("is empty when its end is not behind its start", () => {
    expect(regionBetween(0x2000, 0x1000)).toEqual(region(0x2000, 0));
  });

  it("overlaps when one byte is shared, and not as a neighbour", () => {
    expect(overlaps(region(0, 0x1000), region(0xfff, 1))).toBe(true);
    expect(overlaps(region(0, 0x1000), region(0x1000, 1))).toBe(false);
    expect(overlaps(region(0, 0x1000), region(0x10, 0))).toBe(false);
    expect(intersect(region(0, 0x1000), region(0xf00, 0x1000))).toEqual(region(0xf00, 0x100));
    expect(intersect(region(0, 0x1000), region(0x1000, 0x1000))).toBeUndefined();
  });

  it("contains what ends where it ends", () => {
    expect(contains(region(0x1000, 0x1000), region(0x1f00, 0x100))).toBe(true);
    expect(contains(region(0x1000, 0x1000), region(0x1f00, 0x101))).toBe(false);
    expect(contains(region(0x1000, 0x1000), region(0xfff, 1))).toBe(false);
    expect(contains(region(0x1000, 0x1000), region(0x2000, 0))).toBe(true);
  });
});

describe("aligning outward", () => {
  it("gives whole sectors around the bytes", () => {
    expect(alignOutward(region(0x3fc000, 128), SECTOR_SIZE)).toEqual(region(0x3fc000, 0x1000));
    expect(alignOutward(region(0x1fff, 2), SECTOR_SIZE)).toEqual(region(0x1000, 0x2000));
    expect(alignOutward(region(0x1000, 0x1000), SECTOR_SIZE)).toEqual(region(0x1000, 0x1000));
    expect(isAligned(region(0x1000, 0x1000), SECTOR_SIZE)).toBe(true);
    expect(isAligned(region(0x1000, 0xfff), SECTOR_SIZE)).toBe(false);
  });

  it("keeps an empty region empty", () => {
    expect(alignOutward(region(0x1234, 0), SECTOR_SIZE)).toEqual(region(0x1000, 0));
  });

  it("is right above 31 bits", () => {
    expect(alignUp(0xffff_ffff, SECTOR_SIZE)).toBe(0x1_0000_0000);
    expect(alignOutward(region(0xffff_f001, 1), SECTOR_SIZE)).toEqual(region(0xffff_f000, 0x1000));
  });
});

describe("cutting into units", () => {
  it("cuts at multiples of the unit, and leaves smaller pieces at the ends", () => {
    expect(cutIntoUnits({ offset: 0xf800, size: 0x11000 }, 0x10000)).toEqual([
      { offset: 0xf800, size: 0x800 },
      { offset: 0x10000, size: 0x10000 },
      { offset: 0x20000, size: 0x800 },
    ]);
  });

  it("makes nothing of an empty region", () => {
    expect(cutIntoUnits({ offset: 0x1800, size: 0 }, 0x1000)).toEqual([]);
  });
});

describe("merging", () => {
  it("joins what overlaps or touches, in rising order, without the empty ones", () => {
    expect(
      mergeRegions([
        region(0x3000, 0x1000),
        region(0, 0x1000),
        region(0x800, 0x900),
        region(0x1100, 1),
        region(9, 0),
      ]),
    ).toEqual([region(0, 0x1101), region(0x3000, 0x1000)]);
  });

  it("keeps the longer end when one region lies in another", () => {
    expect(mergeRegions([region(0, 0x1000), region(0x10, 0x10)])).toEqual([region(0, 0x1000)]);
  });
});

describe("subtracting", () => {
  it("leaves the bytes before, between and behind the holes", () => {
    expect(
      subtractRegions(region(0x1000, 0x4000), [
        region(0x4000, 0x800),
        region(0x2000, 0x800),
        region(0, 0x1100),
      ]),
    ).toEqual([region(0x1100, 0xf00), region(0x2800, 0x1800), region(0x4800, 0x800)]);
  });

  it("leaves nothing when a hole covers all, and everything when none touches", () => {
    expect(subtractRegions(region(0x1000, 0x1000), [region(0, 0x4000)])).toEqual([]);
    expect(subtractRegions(region(0x1000, 0x1000), [region(0x2000, 1), region(0, 0x1000)])).toEqual([
      region(0x1000, 0x1000),
    ]);
  });
});

describe("for any regions", () => {
  const anyRegion = fc.record({ offset: fc.nat(200), size: fc.nat(60) });
  const bytesOf = (regions: readonly Region[]) =>
    new Set(regions.flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i)));

  it("merging keeps the set of bytes and leaves gaps between the results", () => {
    fc.assert(
      fc.property(fc.array(anyRegion), (regions) => {
        const merged = mergeRegions(regions);
        expect(bytesOf(merged)).toEqual(bytesOf([...merged, ...regions]));
        expect(totalSize(regions)).toBe(bytesOf(regions).size);
        for (const [i, next] of merged.slice(1).entries())
          expect(next.offset).toBeGreaterThan(regionEnd(merged[i]!));
      }),
    );
  });

  it("what is subtracted and what is left make up the whole, without a byte in both", () => {
    fc.assert(
      fc.property(anyRegion, fc.array(anyRegion), (whole, holes) => {
        const left = subtractRegions(whole, holes);
        const hidden = bytesOf(holes);
        expect([...bytesOf(left)]).toEqual([...bytesOf([whole])].filter((byte) => !hidden.has(byte)));
      }),
    );
  });
});
