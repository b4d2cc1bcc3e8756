import { describe, expect, it } from "vitest";
import type { FirmwareId } from "./firmware-id.js";
import { bannerWarns, expectedFreeList, mapOfText, mapText } from "./map-text.js";

const board = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });
const fourMB = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });

describe("mapText", () => {
  it.each([
    [0, "512KB:256/256"],
    [1, "256KB"],
    [2, "1MB:512/512"],
    [3, "2MB:512/512"],
    [4, "4MB:512/512"],
    [5, "2MB:1024/1024"],
    [6, "4MB:1024/1024"],
  ])("has for map %i the text of Espruino's banner, which is that map's again", (map, text) => {
    expect(mapText(map)).toBe(text);
    expect(mapText(map, board("1v95"))).toBe(text);
    expect(mapOfText(text)).toBe(map);
  });

  it("has a text of its own for map 2 in builds of a megabyte and more since 2v05", () => {
    expect(mapText(2, fourMB("2v05"))).toBe("1MB:1024");
    expect(mapText(2, fourMB("2v04"))).toBe("1MB:512/512");
    expect(mapText(2, board("2v29"))).toBe("1MB:512/512");
    expect(mapOfText("1MB:1024")).toBe(2);
  });

  it("has none for maps that Espruino's table does not have", () => {
    expect([7, 8, 9, -1].map((map) => mapText(map))).toEqual([undefined, undefined, undefined, undefined]);
    expect(mapOfText("exception")).toBeUndefined();
  });
});

describe("bannerWarns", () => {
  it.each([
    ["1v91", 0x4016, [0, 1, 2, 3, 5, 6]],
    ["1v92", 0x4016, [0, 1, 2, 3, 5]],
    ["2v29", 0x4016, [0, 1, 2, 3, 5]],
    ["1v82", 0x4013, [1, 2, 3, 4, 5, 6]],
    ["2v29", 0x4013, [1, 2, 3, 4, 5, 6]],
    ["2v29", 0x4014, []],
    ["2v29", 0x4015, []],
    ["2v29", 0x4018, []],
    ["2v29", 0x6016, []],
    ["2v29", 0x3016, []],
    ["1v81", 0x4016, []],
  ])("of %s on a chip 0x%s is true for the maps %j", (version, device, maps) => {
    expect([0, 1, 2, 3, 4, 5, 6].filter((map) => bannerWarns(version, device, map))).toEqual(maps);
  });

  it("takes an unknown version for the newest", () => {
    expect([4, 6, 0].map((map) => bannerWarns(undefined, 0x4016, map))).toEqual([false, false, true]);
  });
});

/** What `getFree()` prints: versions, maps, and addr,length of each entry in decimal. */
const freeLists: readonly [versions: string[], maps: number[], list: string][] = [
  [["1v84", "1v85"], [0], "487424,4096"],
  [["1v84", "1v85"], [2], "487424,4096 524288,4096 1011712,20480"],
  [["1v84", "1v85"], [3, 4, 5, 6], "487424,4096 524288,4096 1011712,36864"],
  [["1v86", "1v91", "1v95", "1v97"], [0], "487424,4096"],
  [["1v86", "1v91", "1v95", "1v97"], [2], "487424,4096 524288,4096 1011712,20480"],
  [["1v86", "1v95", "1v97"], [3, 5], "487424,4096 524288,4096 1011712,36864 1048576,1032192"],
  [["1v86", "1v95", "1v97"], [4], "487424,4096 524288,4096 1011712,36864 1048576,3129344"],
  [["1v86", "1v91"], [6], "487424,4096 524288,4096 1011712,36864 1048576,3129344"],
  [["1v92", "1v94"], [6], "2097152,1048576 3145728,262144 3407872,262144 3670016,262144 3932160,176128"],
  [["1v95", "1v97"], [6], "2097152,1048576 3145728,262144 3407872,262144 3670016,262144 3932160,262144"],
  [["1v98", "2v04", "2v05", "2v29"], [0], ""],
  [["1v98", "2v04", "2v05", "2v29"], [2], "524288,4096 1011712,20480"],
  [["1v98", "2v04", "2v29"], [3, 5], "524288,4096 1011712,36864 1048576,1028096"],
  [["1v98", "2v04", "2v29"], [4], "524288,4096 1011712,36864 1048576,3125248"],
  [
    ["1v98", "2v04", "2v29"],
    [6],
    "2097152,1048576 3145728,262144 3407872,262144 3670016,262144 3932160,241664",
  ],
];

describe("expectedFreeList", () => {
  const printed = (firmware: FirmwareId, map: number) =>
    expectedFreeList(firmware, map)
      ?.map(({ offset, size }) => `${offset},${size}`)
      .join(" ");
  const cases = freeLists.flatMap(([versions, maps, list]) =>
    versions.flatMap((version) => maps.map((map) => [version, map, list] as const)),
  );

  it.each(cases)("of ESP8266_BOARD %s under map %i is %s", (version, map, list) => {
    expect(printed(board(version), map)).toBe(list);
  });

  it("is the same in the 4 MB build, but for map 2 since 2v05, where it is empty", () => {
    for (const map of [0, 2, 3, 4, 5, 6]) {
      for (const version of ["1v92", "1v95", "2v04"])
        expect(printed(fourMB(version), map)).toBe(printed(board(version), map));
    }
    expect(expectedFreeList(fourMB("2v05"), 2)).toEqual([]);
    expect(printed(fourMB("2v05"), 4)).toBe(printed(board("2v05"), 4));
  });

  it("is not known before 1v84, for map 1, for maps above 6, and for other firmware", () => {
    expect(expectedFreeList(board("1v83"), 4)).toBeUndefined();
    expect([1, 7, 8, 9].map((map) => expectedFreeList(board("2v09"), map))).toEqual(Array(4).fill(undefined));
    expect(expectedFreeList({ family: "at" }, 4)).toBeUndefined();
  });
});
