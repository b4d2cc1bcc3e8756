import { describe, expect, it } from "vitest";
import { type FlashContents, unknownContents } from "../flash/contents.js";
import { flashMap } from "../maps/flash-map.js";
import { nextOfRecord, type RecordSources, startingSlot } from "./slot-record.js";

const map = flashMap(5)!;
const SECTOR = 0x1000;
const [A, B, FLAG] = [0x1f_d000, 0x1f_e000, 0x1f_f000];

const copy = (choice: number, state: number): Uint8Array => {
  const bytes = new Uint8Array(SECTOR).fill(0x77);
  bytes.set([choice, state]);
  return bytes;
};
const known = (...bytes: FlashContents["bytes"]): FlashContents => ({ ...unknownContents, bytes });
const flag = (value: number) => ({ offset: FLAG, bytes: Uint8Array.of(value, 0xff, 0xff, 0xff, 0, 0, 0, 0) });
const sources = (contents: FlashContents, more: Partial<RecordSources> = {}): RecordSources => ({
  map,
  release: "1.6",
  contents,
  blank: [],
  ...more,
});
const nothing = { images: [], blank: [] };

describe("a slot that is to start", () => {
  it("costs two bytes in the copy that counts", () => {
    const contents = known(flag(1), { offset: B, bytes: copy(0xfd, 0xe6) });
    const { images, blank } = startingSlot("user1", sources(contents));
    expect(images).toEqual([
      {
        name: "boot record",
        offset: B,
        bytes: copy(0xfc, 0xe6),
        owner: "system-params",
        asIs: true,
        keeps: { code: "written-for-slot", params: {} },
      },
    ]);
    expect(blank).toEqual([]);
  });

  it.each([
    ["it starts already", "user1", 0xfc, 0xe6],
    ["it starts in place of a user2 that could not be loaded", "user1", 0xf9, 0xe6],
    ["the record is another release's, for which it gets a new one", "user1", 0xfd, 0xe7],
    ["user2 was asked for and starts", "user2", 0xfd, 0xe6],
  ] as const)("costs nothing where %s", (_, slot, choice, state) => {
    const contents = known(flag(0), { offset: A, bytes: copy(choice, state) });
    expect(startingSlot(slot, sources(contents))).toEqual(nothing);
    expect(nextOfRecord(slot, sources(contents))).toBe(undefined);
  });

  it("has its record changed to the release that is written", () => {
    const contents = known(flag(0), { offset: A, bytes: copy(0xfd, 0xe6) });
    const { images } = startingSlot("user2", sources(contents, { release: "1.7(5d6f877)" }));
    expect(images.map(({ bytes }) => bytes)).toEqual([copy(0xfd, 0xe7)]);
  });

  it.each([
    ["names no slot", 0xfe, 0xe6],
    ["leads to a test program", 0xfc, 0xa6],
    ["leads to an offset of its own", 0xfc, 0x66],
  ])("starts again after a record that %s", (_, choice, state) => {
    const contents = known(flag(0), { offset: A, bytes: copy(choice, state) });
    const [image] = startingSlot("user1", sources(contents)).images;
    expect(image?.bytes).toEqual(copy(0xfc, 0xe6));
  });

  it("is user1 where the plan erases the copy that counts, and a new record where user2 was asked for", () => {
    const blank = [{ region: { offset: A, size: 3 * SECTOR } }];
    const contents = known(flag(0), { offset: A, bytes: copy(0xfd, 0xe6) });
    expect(startingSlot("user1", sources(contents, { blank }))).toEqual(nothing);
    const [image] = startingSlot("user2", sources(contents, { blank })).images;
    expect([image?.offset, image?.keeps]).toEqual([B, undefined]);
    expect(image?.bytes.slice(0, 3)).toEqual(Uint8Array.of(0xfd, 0xe6, 0xff));
  });

  it("costs all three sectors where nobody read what stands behind the record", () => {
    const contents = known(flag(0), { offset: A, bytes: copy(0xfd, 0xe6).slice(0, 8) });
    const { images, blank } = startingSlot("user1", sources(contents));
    expect([images, blank.map(({ region }) => region.offset)]).toEqual([[], [A, B, FLAG]]);
  });
});

describe("what has to be read for it", () => {
  it("is the flag, then the record, then the rest of the sector that changes", () => {
    const record = { offset: A, bytes: copy(0xfd, 0xe6).slice(0, 8) };
    expect(nextOfRecord("user1", sources(unknownContents))).toEqual({ offset: FLAG, size: 8 });
    expect(nextOfRecord("user1", sources(known(flag(0))))).toEqual({ offset: A, size: 8 });
    expect(nextOfRecord("user1", sources(known(flag(0), record)))).toEqual({ offset: A, size: SECTOR });
    const whole = known(flag(0), { offset: A, bytes: copy(0xfd, 0xe6) });
    expect(nextOfRecord("user1", sources(whole))).toBe(undefined);
  });
});
