import { describe, expect, it } from "vitest";
import type { SectorAccount } from "../flash/account.js";
import { SectorTable, untouched, withDigests } from "./accounts.js";

const kept = (offset: number, size: number, holds: readonly string[] = ["storage"]): SectorAccount => ({
  ...untouched,
  region: { offset, size },
  holds,
  md5: undefined,
});
const digest = (offset: number, size: number, md5 = "ab") => ({ offset, size, md5 });
const lines = (accounts: readonly SectorAccount[]) =>
  accounts.map(({ region, md5 }) => [region.offset, region.size, md5]);

describe("digests of what is kept", () => {
  it("are those of exactly its sectors", () => {
    expect(lines(withDigests([kept(0x1000, 0x2000)], [digest(0x1000, 0x2000)]))).toEqual([
      [0x1000, 0x2000, "ab"],
    ]);
  });

  it("cut what holds something where only a part is known", () => {
    expect(
      lines(withDigests([kept(0x1000, 0x5000)], [digest(0x4000, 0x1000), digest(0x2000, 0x1000)])),
    ).toEqual([
      [0x1000, 0x1000, undefined],
      [0x2000, 0x1000, "ab"],
      [0x3000, 0x1000, undefined],
      [0x4000, 0x1000, "ab"],
      [0x5000, 0x1000, undefined],
    ]);
  });

  it("prefer the longer of two that begin together, and pass over what lies in another", () => {
    const digests = [
      digest(0x1000, 0x1000, "01"),
      digest(0x1000, 0x3000, "02"),
      digest(0x2000, 0x1000, "03"),
    ];
    expect(lines(withDigests([kept(0x1000, 0x4000)], digests))).toEqual([
      [0x1000, 0x3000, "02"],
      [0x4000, 0x1000, undefined],
    ]);
  });

  it("are not those of less than sectors, nor of what reaches beyond", () => {
    const digests = [digest(0x1000, 0x80), digest(0x1800, 0x1000), digest(0x2000, 0x4000)];
    expect(lines(withDigests([kept(0x1000, 0x3000)], digests))).toEqual([[0x1000, 0x3000, undefined]]);
  });

  it("leave alone what holds nothing, and what is not kept", () => {
    const empty = kept(0x1000, 0x2000, []);
    const lost = { ...kept(0x3000, 0x1000), fate: "lost" } as const;
    const digests = [digest(0x1000, 0x1000), digest(0x3000, 0x1000)];
    expect(withDigests([empty, lost], digests)).toEqual([empty, lost]);
  });
});

describe("a table of sectors", () => {
  it("counts a sector that is touched in part, and gives neighbours of which the same is said as one", () => {
    const table = new SectorTable(0x5000);
    table.set({ offset: 0x1fff, size: 2 }, (facts) => ({ ...facts, fate: "written" }));
    expect(table.accounts().map(({ region, fate }) => [region.offset, region.size, fate])).toEqual([
      [0, 0x1000, "kept"],
      [0x1000, 0x2000, "written"],
      [0x3000, 0x2000, "kept"],
    ]);
  });

  it("ends where the flash does", () => {
    const table = new SectorTable(0x2000);
    table.set({ offset: 0x1000, size: 0x4000 }, (facts) => ({ ...facts, fate: "erased" }));
    expect(table.accounts().at(-1)?.region).toEqual({ offset: 0x1000, size: 0x1000 });
  });
});
