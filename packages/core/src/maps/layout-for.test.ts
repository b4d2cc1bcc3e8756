import { describe, expect, it } from "vitest";
import { regionEnd, totalSize } from "../flash/region.js";
import { firmwareDefinitions } from "./firmware/registry.js";
import type { FirmwareId } from "./firmware-id.js";
import { mapCodes } from "./flash-map.js";
import type { FlashLayout } from "./layout.js";
import { layoutFor, sdkLayout } from "./layout-for.js";

const board = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });
const fourMB = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });

const hex = (value: number) => `0x${value.toString(16).padStart(6, "0")}`;

/** `offset size id` of every region, those that nothing claims left out. */
function lines(firmware: FirmwareId, map: number, flashSize?: number): string[] {
  return linesOf(layoutFor(firmware, map, flashSize)!);
}

function linesOf({ regions }: FlashLayout): string[] {
  return regions
    .filter(({ owner }) => owner !== "unused")
    .map(({ offset, size, id }) => `${hex(offset)} ${hex(size)} ${id}`);
}

/** Offset and pages of the regions with an id. */
function places({ regions, beyond }: FlashLayout, id: string): string {
  return [...regions, ...beyond]
    .filter((region) => region.id === id)
    .map(({ offset, size }) => `${hex(offset)}x${size / 0x1000}`)
    .join(" ");
}

describe("the SDK's sectors", () => {
  const tails: readonly [map: number, rfCal: number, init: number, a: number, b: number, flag: number][] = [
    [0, 0x07b000, 0x07c000, 0x07d000, 0x07e000, 0x07f000],
    [2, 0x0fb000, 0x0fc000, 0x0fd000, 0x0fe000, 0x0ff000],
    [3, 0x1fb000, 0x1fc000, 0x1fd000, 0x1fe000, 0x1ff000],
    [5, 0x1fb000, 0x1fc000, 0x1fd000, 0x1fe000, 0x1ff000],
    [4, 0x3fb000, 0x3fc000, 0x3fd000, 0x3fe000, 0x3ff000],
    [6, 0x3fb000, 0x3fc000, 0x3fd000, 0x3fe000, 0x3ff000],
    [8, 0x7fb000, 0x7fc000, 0x7fd000, 0x7fe000, 0x7ff000],
    [9, 0xffb000, 0xffc000, 0xffd000, 0xffe000, 0xfff000],
  ];

  it.each(tails)("are the last five under map %i", (map, rfCal, init, a, b, flag) => {
    const layout = sdkLayout(map)!;
    const tail = layout.regions.filter(({ offset }) => offset >= rfCal);
    expect(tail.map(({ id, offset }) => [id, offset])).toEqual([
      ["rf-cal", rfCal],
      ["phy-init", init],
      ["system-params", a],
      ["boot-flag", flag],
    ]);
    const params = tail.find(({ id }) => id === "system-params")!;
    expect(regionEnd(params)).toBe(b + 0x1000);
    expect(layout.flashSize).toBe(flag + 0x1000);
  });

  it.each([
    [0, 0x41000],
    [1, undefined],
    [2, 0x81000],
    [3, 0x81000],
    [4, 0x81000],
    [5, 0x101000],
    [6, 0x101000],
    [8, 0x101000],
    [9, 0x101000],
  ])("leave, under map %i, the second slot at %s", (map, user2) => {
    const layout = sdkLayout(map)!;
    expect(layout.regions.find(({ id }) => id === "user2")?.offset).toBe(user2);
    expect(layout.regions.find(({ id }) => id === "user1")?.offset).toBe(0x1000);
  });

  it("are nowhere under a map that does not exist", () => {
    expect(sdkLayout(10)).toBeUndefined();
    expect(sdkLayout(-1)).toBeUndefined();
    expect(sdkLayout(1.5)).toBeUndefined();
  });
});

/**
 * Release; save area of ESP8266_BOARD and end of its image; the same of ESP8266_4MB; Wi-Fi sector under map 6 and under map 4;
 * RF calibration under map 4. `-`: there is none.
 */
const releases: readonly (readonly string[])[] = [
  ["1v82", "0x078000x3", "0x078000", "-", "-", "-", "-", "-"],
  ["1v83", "0x078000x3", "0x078000", "-", "-", "-", "-", "-"],
  ["1v84", "0x078000x3", "0x078000", "-", "-", "0x07b000x1", "0x07b000x1", "-"],
  ["1v87", "0x078000x3", "0x078000", "-", "-", "0x07b000x1", "0x07b000x1", "-"],
  ["1v88", "0x078000x3", "0x076000", "-", "-", "0x07b000x1", "0x07b000x1", "0x080000x1"],
  ["1v91", "0x078000x3", "0x076000", "-", "-", "0x07b000x1", "0x07b000x1", "0x080000x1"],
  ["1v92", "0x078000x3", "0x076000", "0x3eb000x16", "0x0ec000", "0x3fb000x1", "0x07b000x1", "0x080000x1"],
  ["1v94", "0x078000x3", "0x076000", "0x3eb000x16", "0x0ec000", "0x3fb000x1", "0x07b000x1", "0x080000x1"],
  ["1v95", "0x078000x3", "0x076000", "0x0eb000x16", "0x0eb000", "0x0fb000x1", "0x07b000x1", "0x080000x1"],
  ["1v96", "0x078000x3", "0x076000", "0x0cb000x48", "0x0cb000", "0x0fb000x1", "0x07b000x1", "0x080000x1"],
  ["1v97", "0x078000x3", "0x076000", "0x0cb000x48", "0x0cb000", "0x0fb000x1", "0x07b000x1", "0x080000x1"],
  ["1v98", "0x077000x4", "0x076000", "0x0cb000x48", "0x0cb000", "-", "-", "0x3fb000x1"],
  ["1v99", "0x077000x4", "0x076000", "0x0cb000x48", "0x0cb000", "-", "-", "0x3fb000x1"],
  ["2v00", "0x077000x4", "0x076000", "0x0cb000x48", "0x0cb000", "-", "-", "0x3fb000x1"],
  ["2v01", "0x077000x4", "0x076000", "0x0cb000x48", "0x0cb000", "-", "-", "0x3fb000x1"],
  ["2v29", "0x077000x4", "0x076000", "0x0cb000x48", "0x0cb000", "-", "-", "0x3fb000x1"],
];

describe("Espruino's places by release", () => {
  it.each(releases)("are those of %s", (version, save, end, save4, end4, wifi6, wifi4, rfCal) => {
    const saved = (layout: FlashLayout) => places(layout, "saved-code") || places(layout, "storage");
    const own = layoutFor(board(version), 4)!;
    const found = [
      saved(own),
      hex(own.imageLimit),
      places(layoutFor(board(version), 6)!, "wifi") || "-",
      places(own, "wifi") || "-",
      places(own, "rf-cal") || "-",
    ];
    expect(found).toEqual([save, end, wifi6, wifi4, rfCal]);
    if (save4 === "-") return;
    const large = layoutFor(fourMB(version), 6)!;
    expect([saved(large), hex(large.imageLimit), places(large, "wifi") || "-"]).toEqual([save4, end4, wifi6]);
  });

  it.each([
    ["1v95", "saved-code", "espruino-save"],
    ["1v96", "storage", "espruino-storage-16"],
    ["2v04", "storage", "espruino-storage-16"],
    ["2v05", "storage", "espruino-storage-32"],
    ["2v29", "storage", "espruino-storage-32"],
  ])("hold in %s a %s in the format %s", (version, id, format) => {
    for (const firmware of [board(version), fourMB(version)]) {
      const region = layoutFor(firmware, 6)!.regions.find((one) => one.id === id);
      expect(region?.format).toBe(format);
    }
  });

  it("have calibration at 0x80000 from 1v88 to 1v97 under every map, and in sector 0 for unknown maps since 1v98", () => {
    const rfCal = (version: string, map: number) => places(layoutFor(board(version), map)!, "rf-cal");
    for (const map of mapCodes) expect(rfCal("1v97", map)).toBe("0x080000x1");
    expect([1, 7, 8, 9].map((map) => rfCal("1v98", map))).toEqual(Array(4).fill("0x000000x1"));
    expect([0, 2, 3, 5].map((map) => rfCal("1v98", map))).toEqual([
      "0x07b000x1",
      "0x0fb000x1",
      "0x1fb000x1",
      "0x1fb000x1",
    ]);
  });
});

describe("the layout of ESP8266_BOARD up to 1v97", () => {
  const common = [
    "0x000000 0x001000 boot",
    "0x001000 0x075000 user1",
    "0x077000 0x001000 eeprom",
    "0x078000 0x003000 saved-code",
    "0x07b000 0x001000 wifi",
  ];
  const large = [...common, "0x080000 0x001000 rf-cal", "0x080000 0x001000 free", "0x081000 0x076000 user2"];
  const tail = (first: number) => [
    `${hex(first)} 0x001000 phy-init`,
    `${hex(first + 0x1000)} 0x002000 system-params`,
    `${hex(first + 0x3000)} 0x001000 boot-flag`,
  ];

  it("ends under map 0 in the SDK's sectors of 512 KB, with calibration beyond the chip", () => {
    const layout = layoutFor(board("1v97"), 0)!;
    expect(lines(board("1v95"), 0)).toEqual([...common, ...tail(0x7c000)]);
    expect(layout.beyond.map(({ id, offset }) => [id, offset])).toEqual([["rf-cal", 0x80000]]);
  });

  it("leaves 20 KB free under map 2, up to the SDK's sectors", () => {
    expect(lines(board("1v95"), 2)).toEqual([...large, "0x0f7000 0x005000 free", ...tail(0xfc000)]);
  });

  it("leaves the second megabyte free under map 3, and three under map 4", () => {
    expect(lines(board("1v95"), 3)).toEqual([
      ...large,
      "0x0f7000 0x009000 free",
      "0x100000 0x0fc000 free",
      ...tail(0x1fc000),
    ]);
    expect(lines(board("1v95"), 4)).toEqual([
      ...large,
      "0x0f7000 0x009000 free",
      "0x100000 0x2fc000 free",
      ...tail(0x3fc000),
    ]);
  });

  it("has no slot under maps 5 and 6 that its second image can run from", () => {
    for (const map of [5, 6]) {
      const slot = layoutFor(board("1v95"), map)!.regions.find(({ id }) => id === "user2");
      expect([slot?.offset, slot?.unusable]).toEqual([0x101000, true]);
    }
    expect(layoutFor(board("1v95"), 4)!.regions.find(({ id }) => id === "user2")?.unusable).toBeUndefined();
  });

  it("moves the Wi-Fi sector under map 6 to 0x3fb000 up to 1v94, then to 0x0fb000, and lists no EEPROM page", () => {
    const under6 = (version: string) => layoutFor(board(version), 6)!;
    expect([places(under6("1v94"), "wifi"), places(under6("1v95"), "wifi")]).toEqual([
      "0x3fb000x1",
      "0x0fb000x1",
    ]);
    expect(places(under6("1v95"), "eeprom")).toBe("");
  });

  it("had, up to 1v87, 480 KB for the image less what the save area takes, and no calibration", () => {
    expect(lines(board("1v87"), 0)).toEqual([
      "0x000000 0x001000 boot",
      "0x001000 0x076000 user1",
      ...common.slice(2),
      ...tail(0x7c000),
    ]);
  });
});

describe("system parameters of Espruino", () => {
  it("hold the Wi-Fi settings up to 1v83, when nothing else did, and nothing of a person's since", () => {
    const cost = (version: string) =>
      layoutFor(board(version), 0)!
        .regions.filter(({ id }) => id === "system-params")
        .map(({ offset, size, erasure, format }) => [offset, size, erasure, format]);
    expect(cost("1v83")).toEqual([[0x7d000, 0x2000, "loses-data", "sdk1-params"]]);
    expect(cost("1v84")).toEqual([[0x7d000, 0x2000, "recreated", "sdk1-params"]]);
    expect(cost("2v29")).toEqual([[0x7d000, 0x2000, "recreated", "sdk2-params"]]);
  });
});

describe("the layout of ESP8266_BOARD since 1v98", () => {
  const common = ["0x000000 0x001000 boot", "0x001000 0x075000 user1", "0x077000 0x004000 storage"];
  const tail = (first: number) => [
    `${hex(first)} 0x001000 rf-cal`,
    `${hex(first + 0x1000)} 0x001000 phy-init`,
    `${hex(first + 0x2000)} 0x002000 system-params`,
    `${hex(first + 0x4000)} 0x001000 boot-flag`,
  ];
  const large = [...common, "0x080000 0x001000 free", "0x081000 0x076000 user2"];

  it.each(["1v98", "2v00", "2v09", "2v29"])("is that of its table in %s", (version) => {
    expect(lines(board(version), 0)).toEqual([...common, ...tail(0x7b000)]);
    expect(lines(board(version), 3)).toEqual([
      ...large,
      "0x0f7000 0x009000 free",
      "0x100000 0x0fb000 free",
      ...tail(0x1fb000),
    ]);
    expect(lines(board(version), 4)).toEqual([
      ...large,
      "0x0f7000 0x009000 free",
      "0x100000 0x2fb000 free",
      ...tail(0x3fb000),
    ]);
  });

  it("calls flash free under map 2 in which it calibrates the radio", () => {
    expect(lines(board("2v09"), 2)).toEqual([...large, "0x0f7000 0x005000 free", ...tail(0xfb000)]);
  });

  it("leaves 0x76000, and under all maps but 0 the sectors behind Storage, to nobody", () => {
    const unused = (map: number) =>
      layoutFor(board("2v09"), map)!
        .regions.filter(({ owner }) => owner === "unused")
        .map(({ offset, size }) => `${hex(offset)} ${hex(size)}`);
    expect(unused(0)).toEqual(["0x076000 0x001000"]);
    expect(unused(4)).toEqual(["0x076000 0x001000", "0x07b000 0x005000"]);
  });

  it("has a second slot that nothing is linked for since 2v00", () => {
    const slot = (version: string) => layoutFor(board(version), 4)!.regions.find(({ id }) => id === "user2");
    expect([slot("1v99")?.unusable, slot("2v00")?.unusable]).toEqual([undefined, true]);
  });
});

describe("the layout of ESP8266_4MB under map 6", () => {
  const boot = "0x000000 0x001000 boot";
  const slot2 = "0x101000 0x0ff000 user2";
  const free = [
    "0x200000 0x100000 free",
    "0x300000 0x040000 free",
    "0x340000 0x040000 free",
    "0x380000 0x040000 free",
  ];
  const tail = [
    "0x3fc000 0x001000 phy-init",
    "0x3fd000 0x002000 system-params",
    "0x3ff000 0x001000 boot-flag",
  ];
  const reserved = "0x0fc000 0x004000 reserved";
  const rfCal = "0x080000 0x001000 rf-cal";

  it.each<[string, string[]]>([
    [
      "1v92",
      [
        boot,
        "0x001000 0x0eb000 user1",
        rfCal,
        reserved,
        slot2,
        ...free,
        "0x3c0000 0x02b000 free",
        "0x3eb000 0x010000 saved-code",
        "0x3fb000 0x001000 wifi",
        ...tail,
      ],
    ],
    [
      "1v95",
      [
        boot,
        "0x001000 0x0ea000 user1",
        rfCal,
        "0x0eb000 0x010000 saved-code",
        "0x0fb000 0x001000 wifi",
        reserved,
        slot2,
        ...free,
        "0x3c0000 0x040000 free",
        ...tail,
      ],
    ],
    [
      "1v97",
      [
        boot,
        "0x001000 0x0ca000 user1",
        rfCal,
        "0x0cb000 0x030000 storage",
        "0x0fb000 0x001000 wifi",
        reserved,
        slot2,
        ...free,
        "0x3c0000 0x040000 free",
        ...tail,
      ],
    ],
    [
      "2v09",
      [
        boot,
        "0x001000 0x0ca000 user1",
        "0x0cb000 0x030000 storage",
        reserved,
        slot2,
        ...free,
        "0x3c0000 0x03b000 free",
        "0x3fb000 0x001000 rf-cal",
        ...tail,
      ],
    ],
  ])("is that of its table in %s", (version, expected) => {
    expect(lines(fourMB(version), 6)).toEqual(expected);
  });

  it("leaves 0x0fb000 since 1v98, and 0x100000, to nobody", () => {
    const unused = layoutFor(fourMB("2v09"), 6)!.regions.filter(({ owner }) => owner === "unused");
    expect(unused.map(({ offset, size }) => [offset, size])).toEqual([
      [0x0fb000, 0x1000],
      [0x100000, 0x1000],
    ]);
  });
});

describe("the custom builds of ESP8266_4MB", () => {
  it("end, for 1 MB, in calibration behind Storage, without a slot and without free flash", () => {
    expect(lines({ family: "espruino", build: "ESP8266_4MB-1MB", version: "2v09" }, 2)).toEqual([
      "0x000000 0x001000 boot",
      "0x001000 0x0ca000 user1",
      "0x0cb000 0x030000 storage",
      "0x0fb000 0x001000 rf-cal",
      "0x0fc000 0x001000 phy-init",
      "0x0fd000 0x002000 system-params",
      "0x0ff000 0x001000 boot-flag",
    ]);
  });

  it("have, for 2 MB, no more room for the image than ESP8266_BOARD", () => {
    const firmware: FirmwareId = { family: "espruino", build: "ESP8266_4MB-2MB", version: "2v09" };
    expect(layoutFor(firmware, 3)!.imageLimit).toBe(0x1000 + 479_232);
  });
});

/**
 * The table of addresses that goes round in forums and on Espruino's own page. It describes ESP8266_BOARD up to 1v97, and
 * no other build. Where the source says otherwise, the source is followed:
 * - 0x076000 is named as calibration of 512 KB modules. The source means it for map 0 and selects 0x80000 under every map.
 * - 0x0FC000 is given as "996KB"; it is 1008 KB.
 * - 0x080000 is calibration, and the firmware lists it as free.
 */
const forumTable: readonly [offset: number, size: number, map: number, id: string][] = [
  [0x000000, 0x01000, 0, "boot"],
  [0x001000, 0x75000, 0, "user1"],
  [0x076000, 0x01000, 0, "unused"],
  [0x077000, 0x01000, 0, "eeprom"],
  [0x078000, 0x03000, 0, "saved-code"],
  [0x07b000, 0x01000, 0, "wifi"],
  [0x07c000, 0x04000, 0, "phy-init system-params boot-flag"],
  [0x080000, 0x01000, 2, "rf-cal free"],
  [0x081000, 0x76000, 2, "user2"],
  [0x0f7000, 0x05000, 2, "free"],
  [0x0fc000, 0x04000, 2, "phy-init system-params boot-flag"],
  [0x100000, 0xfc000, 3, "free"],
  [0x1fc000, 0x04000, 3, "phy-init system-params boot-flag"],
  [0x100000, 0x2fc000, 4, "free"],
  [0x3fc000, 0x04000, 4, "phy-init system-params boot-flag"],
];

describe("the forum's table", () => {
  it.each(forumTable)(
    "says of 0x%s, %s bytes, what ESP8266_BOARD 1v95 does under map %i",
    (offset, size, map, ids) => {
      const { regions } = layoutFor(board("1v95"), map)!;
      const inside = regions.filter(
        (region) => region.offset >= offset && regionEnd(region) <= offset + size,
      );
      expect(inside.map(({ id }) => id).join(" ")).toBe(ids);
      expect(totalSize(inside)).toBe(size);
    },
  );
});

describe("layoutFor", () => {
  it("holds every byte of the chip and nothing beyond it, whatever the firmware, map and chip", () => {
    const chips = [0x8_0000, 0x10_0000, 0x20_0000, 0x40_0000, 0x80_0000, 0x100_0000];
    for (const { family, builds, anyBuild } of firmwareDefinitions) {
      const names = [...builds.map(({ name }) => name), ...(anyBuild ? [undefined] : [])];
      for (const build of names) {
        for (const map of mapCodes) {
          for (const chip of chips) {
            const layout = layoutFor({ family, build }, map, chip)!;
            expect(totalSize(layout.regions)).toBe(chip);
            expect(Math.max(...layout.regions.map(regionEnd))).toBe(chip);
            expect(layout.beyond.every(({ offset }) => offset >= chip)).toBe(true);
            const offsets = layout.regions.map(({ offset }) => offset);
            expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
          }
        }
      }
    }
  });

  it("takes the newest version where none is given or none can be read, and says so", () => {
    for (const version of [undefined, "nightly", "v2", "2v"]) {
      const layout = layoutFor(fourMB(version), 6)!;
      expect(linesOf(layout)).toEqual(lines(fourMB("2v29"), 6));
      expect(layout.versionAssumed).toBe(true);
    }
    expect(layoutFor(fourMB("2v29"), 6)!.versionAssumed).toBeUndefined();
  });

  it("counts a build between releases to the release that it follows", () => {
    expect(lines(fourMB("1v97.88"), 6)).toEqual(lines(fourMB("1v97"), 6));
    expect(lines(fourMB("1v98.2"), 6)).toEqual(lines(fourMB("1v98"), 6));
  });

  it("is uncertain of what changes with the release that follows such a build", () => {
    const certainty = (version: string, id: string) =>
      layoutFor(board(version), 4)!.regions.find((region) => region.id === id)?.certainty;
    expect([certainty("1v97.88", "wifi"), certainty("1v97", "wifi")]).toEqual(["uncertain", "source"]);
    expect([certainty("1v97.88", "user1"), certainty("1v99.3", "user2")]).toEqual(["source", "uncertain"]);
    expect(certainty("1v96.5", "wifi")).toBe("source");
  });

  it("leaves the rest of a larger chip to nobody", () => {
    const rest = layoutFor(board("2v09"), 0, 0x40_0000)!.regions.at(-1)!;
    expect([rest.offset, rest.size, rest.owner]).toEqual([0x80000, 0x380000, "unused"]);
  });

  it("parts what reaches over the end of a smaller chip", () => {
    const layout = layoutFor(fourMB("2v09"), 6, 0x8_0000)!;
    const parts = [...layout.regions, ...layout.beyond].filter(({ id }) => id === "user1");
    expect(parts.map(({ offset, size }) => [offset, size])).toEqual([
      [0x1000, 0x7f000],
      [0x80000, 0x4b000],
    ]);
  });

  it("is undefined for what is not known", () => {
    expect(layoutFor({ family: "unknown" }, 4)).toBeUndefined();
    expect(layoutFor({ family: "espruino" }, 4)).toBeUndefined();
    expect(layoutFor({ family: "espruino", build: "PICO_R1_3" }, 4)).toBeUndefined();
    expect(layoutFor(board("2v09"), undefined, 0x40_0000)).toBeUndefined();
    expect(layoutFor(board("2v09"), 12, 0x40_0000)).toBeUndefined();
    expect(layoutFor({ family: "tasmota" }, undefined)).toBeUndefined();
  });

  it("names for every region where the fact comes from", () => {
    for (const { rows } of firmwareDefinitions) {
      for (const { id, source } of rows) expect([id, source]).toEqual([id, expect.stringMatching(/\S{4,}/)]);
    }
  });
});
