import { describe, expect, it } from "vitest";
import { findBlanks } from "./blank-tree.js";
import type { FlashSource } from "./flash-source.js";
import { dumpSource } from "./sources/dump-source.js";

/** A flash that counts what is asked of it. */
function counted(bytes: Uint8Array): FlashSource & { asked: [number, number][] } {
  const source = dumpSource(bytes);
  const asked: [number, number][] = [];
  return {
    ...source,
    asked,
    md5: (region) => {
      asked.push([region.offset, region.size]);
      return source.md5(region);
    },
  };
}

const withByte = (size: number, ...offsets: number[]): Uint8Array => {
  const bytes = new Uint8Array(size).fill(0xff);
  for (const offset of offsets) bytes[offset] = 0xfe;
  return bytes;
};

describe("the tree of digests", () => {
  it("asks one question for each 64 KiB that is erased", async () => {
    const source = counted(withByte(0x30000));
    const { blank, used } = await findBlanks(source, { offset: 0, size: 0x30000 });
    expect(blank).toEqual([{ offset: 0, size: 0x30000 }]);
    expect(used).toEqual([]);
    expect(source.asked).toEqual([
      [0, 0x10000],
      [0x10000, 0x10000],
      [0x20000, 0x10000],
    ]);
  });

  it("asks for the sectors of what is not, and finds the one that is used", async () => {
    const source = counted(withByte(0x20000, 0x13abc));
    const { blank, used, digests } = await findBlanks(source, { offset: 0, size: 0x20000 });
    expect(blank).toEqual([
      { offset: 0, size: 0x13000 },
      { offset: 0x14000, size: 0xc000 },
    ]);
    expect(used).toEqual([{ offset: 0x13000, size: 0x1000 }]);
    expect(source.asked).toHaveLength(18);
    expect(digests).toHaveLength(18);
  });

  it("begins and ends where the region does, and where the flash does", async () => {
    const source = counted(withByte(0x12800, 0x12700));
    const { blank, used } = await findBlanks(source, { offset: 0xf000, size: 0x100000 });
    expect(blank).toEqual([{ offset: 0xf000, size: 0x3000 }]);
    expect(used).toEqual([{ offset: 0x12000, size: 0x800 }]);
    expect(source.asked.slice(0, 2)).toEqual([
      [0xf000, 0x1000],
      [0x10000, 0x2800],
    ]);
  });

  it("asks nothing of what is known", async () => {
    const source = counted(withByte(0x20000, 5));
    const known = { bytes: [], digests: [], blank: [{ offset: 0x10000, size: 0x10000 }] };
    await findBlanks(source, { offset: 0x10000, size: 0x10000 }, { known });
    expect(source.asked).toEqual([]);
  });
});
