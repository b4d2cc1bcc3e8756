import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.js";
import { defaultCodecs } from "../codecs.js";
import { unknownContents } from "../flash/contents.js";
import { blankTarget, equalSectors, type SectorTarget } from "./equal-sectors.js";

const SECTOR = 0x1000;
/** Three sectors of ones, twos and threes, from 0x10000. */
const target = {
  offset: 0x1_0000,
  bytes: Uint8Array.from({ length: 3 * SECTOR }, (_, at) => 1 + Math.floor(at / SECTOR)),
};
const md5 = (bytes: Uint8Array) => toHex(defaultCodecs.md5(bytes));
const ofTarget = (from: number, size: number) => ({
  offset: target.offset + from,
  size,
  md5: md5(target.bytes.subarray(from, from + size)),
});
const equal = (known: Partial<typeof unknownContents>, of: SectorTarget = target) =>
  equalSectors(of, { ...unknownContents, ...known }, defaultCodecs);

describe("sectors that hold already what they are to hold", () => {
  it("are known by a digest of whole sectors", () => {
    expect(equal({ digests: [ofTarget(SECTOR, 2 * SECTOR)] })).toEqual([{ offset: 0x1_1000, size: 0x2000 }]);
  });

  it("are not known by a digest of a part of them, or of what reaches beyond the target", () => {
    const beyond = { offset: 0x1_2000, size: 2 * SECTOR, md5: md5(new Uint8Array(2 * SECTOR)) };
    expect(equal({ digests: [ofTarget(0, 0x80), ofTarget(0x800, SECTOR), beyond] })).toEqual([]);
  });

  it("are not those whose digest is another", () => {
    expect(equal({ digests: [{ ...ofTarget(0, SECTOR), md5: md5(new Uint8Array(SECTOR)) }] })).toEqual([]);
  });

  it("are known by bytes that were read, sector by sector", () => {
    const bytes = target.bytes.slice();
    bytes[SECTOR + 5] ^= 1;
    expect(equal({ bytes: [{ offset: target.offset, bytes }] })).toEqual([
      { offset: 0x1_0000, size: SECTOR },
      { offset: 0x1_2000, size: SECTOR },
    ]);
  });

  it("are known to be erased where they are to be", () => {
    const blank = [{ offset: 0x1_1000, size: SECTOR }];
    expect(equal({ blank }, blankTarget({ offset: 0x1_0000, size: 3 * SECTOR }))).toEqual(blank);
    expect(equal({ blank })).toEqual([]);
  });
});
