import { describe, expect, it } from "vitest";
import type { FirmwareId } from "./firmware-id.js";
import { fittingMaps } from "./fitting-maps.js";
import { judgeMap, type MapVerdict } from "./judge-map.js";

const espruino = (build: string, version: string): FirmwareId => ({ family: "espruino", build, version });
const chipFor16MB = 0x100_0000;

/**
 * Compatibility of builds and maps, as Espruino's sources make it. Columns: maps 0, 2, 3, 4, 5, 6, 8, 9. `-` is undefined,
 * `!` forbidden. The image ends where it did in the version named, or where the row says.
 */
const matrix: readonly [build: string, version: string, imageEnd: number, verdicts: string][] = [
  ["ESP8266_BOARD", "1v84", 0x6c000, "ok ok ok ok ok ok - -"],
  ["ESP8266_BOARD", "1v91", 0x76000, "ok ok ok ok ok ok - -"],
  ["ESP8266_BOARD", "1v95", 0x76000, "ok ok ok ok ok ok - -"],
  ["ESP8266_BOARD", "1v97", 0x76000, "ok ok ok ok ok ok - -"],
  ["ESP8266_BOARD", "1v98", 0x76000, "ok ok ok ok ok ok ! !"],
  ["ESP8266_BOARD", "2v00", 0x76000, "ok ok ok ok ok ok ! !"],
  ["ESP8266_BOARD", "2v29", 0x76000, "ok ok ok ok ok ok ! !"],
  ["ESP8266_4MB", "1v92", 0x7b001, "fatal fatal fatal fatal fatal ok - -"],
  ["ESP8266_4MB", "1v94", 0x7b000, "limited limited limited limited limited ok - -"],
  ["ESP8266_4MB", "1v94", 0x77000, "limited limited limited limited limited ok - -"],
  ["ESP8266_4MB", "1v95", 0x7d594, "fatal fatal fatal fatal fatal ok - -"],
  ["ESP8266_4MB", "1v96", 0x7f000, "fatal fatal fatal fatal fatal ok - -"],
  ["ESP8266_4MB", "1v97", 0x80000, "fatal fatal fatal fatal fatal ok - -"],
  ["ESP8266_4MB", "1v98", 0x84000, "fatal limited limited limited limited ok ! !"],
  ["ESP8266_4MB", "2v09", 0xc0000, "fatal limited limited limited limited ok ! !"],
  ["ESP8266_4MB", "2v29", 0xcb000, "fatal limited limited limited limited ok ! !"],
];

describe("the compatibility matrix", () => {
  const words: Record<string, MapVerdict> = { "-": "undefined", "!": "forbidden" };
  const cells = matrix.flatMap(([build, version, imageEnd, verdicts]) =>
    verdicts
      .split(" ")
      .map((verdict, column) => [
        build,
        version,
        imageEnd,
        [0, 2, 3, 4, 5, 6, 8, 9][column],
        words[verdict] ?? verdict,
      ]),
  ) as [string, string, number, number, MapVerdict][];

  it.each(cells)(
    "says of %s %s, ending at %i, under map %i: %s",
    (build, version, imageEnd, map, verdict) => {
      const judgement = judgeMap({
        firmware: espruino(build, version),
        map,
        imageEnd,
        flashSize: chipFor16MB,
      });
      expect(judgement!.verdict).toBe(verdict);
    },
  );
});

/** What is said of a firmware: effect, code, and the offset of what is hit. */
function hazards(firmware: FirmwareId, map: number, imageEnd: number, flashSize = 0x40_0000): string[] {
  return judgeMap({ firmware, map, imageEnd, flashSize })!.hazards.map(
    ({ effect, what, when }) =>
      `${effect} ${what.code.replace("hazard-", "")} ${when} ${what.params.offset === undefined ? "" : `0x${(what.params.offset as number).toString(16)}`}`,
  );
}

describe("judgeMap", () => {
  it("names the sector of code that wifi.save() of the 4 MB build 1v95 erases under map 4", () => {
    const judgement = judgeMap({
      firmware: espruino("ESP8266_4MB", "1v95"),
      map: 4,
      imageEnd: 0x7d594,
      flashSize: 0x40_0000,
    })!;
    expect(judgement.hazards[0]).toEqual({
      what: {
        code: "hazard-wifi-in-image",
        params: { region: "wifi", offset: 0x7b000, size: 0x1000, end: 0x7c000 },
      },
      when: "wifi-save",
      effect: "fatal",
      region: judgement.layout.regions.find(({ id }) => id === "wifi"),
      overlap: { offset: 0x7b000, size: 0x1000 },
    });
  });

  it("finds calibration and the SDK's sectors in the code of the 4 MB build under map 0, from 1v98 at the first start", () => {
    expect(hazards(espruino("ESP8266_4MB", "2v09"), 0, 0xc0000)).toEqual([
      "fatal rf-cal-in-image boot 0x7b000",
      "fatal phy-init-in-image flashing 0x7c000",
      "fatal params-in-image boot 0x7d000",
      "fatal params-in-image boot 0x7f000",
      "limiting save-outside save 0xcb000",
      "minor no-update update ",
    ]);
  });

  it("finds that the 4 MB build 2v09 under map 3 calls code and Storage free", () => {
    expect(hazards(espruino("ESP8266_4MB", "2v09"), 3, 0xc0000)).toEqual([
      "limiting free-in-image program 0x80000",
      "limiting update-in-image update 0x81000",
      "limiting update-in-data update 0xcb000",
      "limiting free-holds-data program 0xf7000",
      "minor free-holds-slot program 0xf7000",
      "minor no-update update 0x81000",
    ]);
  });

  it("finds calibration inside an image of 1v95 that is larger than 520192 bytes, under its own map", () => {
    const firmware = espruino("ESP8266_4MB", "1v95");
    expect(hazards(firmware, 6, 0x1000 + 520_192)).toEqual([
      "minor free-holds-sdk program 0x3fc000",
      "minor free-holds-sdk program 0x3fd000",
      "minor free-holds-sdk program 0x3ff000",
    ]);
    expect(hazards(firmware, 6, 0x844a4)[0]).toBe("fatal rf-cal-in-image boot 0x80000");
  });

  it("finds, for ESP8266_BOARD under map 2 since 1v98, calibration in flash that is called free", () => {
    expect(hazards(espruino("ESP8266_BOARD", "1v99"), 2, 0x76000)).toEqual([
      "minor free-holds-sdk program 0xfb000",
    ]);
  });

  it("finds no slot for updates in ESP8266_BOARD since 2v00 under any map", () => {
    for (const map of [0, 2, 3, 4, 5, 6]) {
      expect(hazards(espruino("ESP8266_BOARD", "2v00"), map, 0x76000).join()).toContain("no-update");
    }
    expect(hazards(espruino("ESP8266_BOARD", "1v99"), 4, 0x76000)).toEqual([]);
  });

  it("finds an image that ends one sector behind the start of the save area, as the makers' limit allows", () => {
    expect(hazards(espruino("ESP8266_4MB", "2v09"), 6, 0x1000 + 831_488)).toEqual([
      "fatal save-in-image save 0xcb000",
    ]);
    expect(hazards(espruino("ESP8266_BOARD", "1v84"), 0, 0x1000 + 491_520)[0]).toBe(
      "fatal save-in-image save 0x78000",
    );
  });

  it("finds calibration of 1v88 to 1v97 behind the end of a chip of 512 KB, where it does no harm that is known", () => {
    expect(hazards(espruino("ESP8266_BOARD", "1v95"), 0, 0x76000, 0x8_0000)).toContain(
      "minor rf-cal-outside boot 0x80000",
    );
    expect(hazards(espruino("ESP8266_BOARD", "1v98"), 0, 0x76000, 0x8_0000).join()).not.toContain("rf-cal");
  });

  it("refuses a chip that the program itself does not fit on, under whatever map", () => {
    const judgement = judgeMap({
      firmware: espruino("ESP8266_4MB", "2v09"),
      map: 0,
      flashSize: 0x8_0000,
      imageEnd: 0xc_0000,
    })!;
    expect(judgement.verdict).toBe("exceeds-chip");
    expect(judgement.hazards.find(({ what }) => what.code === "hazard-image-exceeds-chip")?.overlap).toEqual({
      offset: 0x8_0000,
      size: 0x4_0000,
    });
  });

  it("finds files in the sectors that the SDK writes under a map with half of them", () => {
    const firmware: FirmwareId = { family: "arduino", build: "4m3m", version: "3.0.2" };
    expect(hazards(firmware, 3, 0x8_0000)).toContain("limiting data-overwritten boot 0x1fc000");
    expect(hazards(firmware, 4, 0x8_0000).join()).not.toContain("data-overwritten");
  });

  it("refuses a map larger than the chip", () => {
    const judgement = judgeMap({
      firmware: espruino("ESP8266_BOARD", "2v09"),
      map: 4,
      flashSize: 0x10_0000,
      imageEnd: 0x76000,
    });
    expect(judgement!.verdict).toBe("exceeds-chip");
  });

  it("takes, where the image's end is not known, all that it may fill under its own map", () => {
    const verdict = (version: string, map: number) =>
      judgeMap({ firmware: espruino("ESP8266_4MB", version), map, flashSize: 0x40_0000 })!.verdict;
    expect([4, 6].map((map) => verdict("1v95", map))).toEqual(["fatal", "ok"]);
    expect([0, 4, 6].map((map) => verdict("2v09", map))).toEqual(["fatal", "limited", "ok"]);
  });

  it("takes an image that is linked for 1 MB for the build that is, whatever it calls itself", () => {
    const question = { firmware: espruino("ESP8266_4MB", "2v09"), map: 2, imageEnd: 0xc0000 };
    expect(judgeMap(question)!.verdict).toBe("limited");
    expect(judgeMap({ ...question, linkedMap: 2 })!.verdict).toBe("ok");
    expect(judgeMap({ ...question, linkedMap: 6 })!.verdict).toBe("limited");
  });

  it("knows that firmware on SDK 3 does not start under a map with another split", () => {
    const at = (version: string, map: number) =>
      judgeMap({
        firmware: { family: "at", version },
        map,
        linkedMap: 5,
        imageEnd: 0x6def4,
        flashSize: 0x40_0000,
      })!.verdict;
    expect([4, 5, 6].map((map) => at("1.7.6", map))).toEqual(["fatal", "ok", "ok"]);
    expect([4, 5, 6].map((map) => at("1.6.2", map))).toEqual(["ok", "ok", "ok"]);
  });

  it("knows nothing of a firmware that is not known", () => {
    expect(judgeMap({ firmware: { family: "unknown" }, map: 4 })).toBeUndefined();
  });
});

describe("fittingMaps", () => {
  const maps = (build: string, version: string, imageEnd: number, flashSize: number) =>
    fittingMaps(espruino(build, version), imageEnd, flashSize).map(({ map, reason }) => [map, reason.code]);

  it("has map 6 alone for the 4 MB build, on chips of 4 MB and more", () => {
    expect(maps("ESP8266_4MB", "2v09", 0xc0000, 0x40_0000)).toEqual([[6, "map-fits-linked"]]);
    expect(maps("ESP8266_4MB", "1v95", 0x7d594, 0x100_0000)).toEqual([[6, "map-fits-linked"]]);
    expect(maps("ESP8266_4MB", "2v09", 0xc0000, 0x20_0000)).toEqual([]);
  });

  it("has, for ESP8266_BOARD on 4 MB, first a map without a warning in the banner, and map 0 as well", () => {
    expect(maps("ESP8266_BOARD", "2v09", 0x76000, 0x40_0000)).toEqual([
      [4, "map-fits-chip"],
      [6, "map-fits-chip"],
      [0, "map-fits-linked-smaller"],
      [3, "map-fits-smaller"],
      [2, "map-fits-smaller"],
      [5, "map-fits-smaller"],
    ]);
  });

  it("has, for ESP8266_BOARD on 16 MB, the map of 4 MB first", () => {
    expect(maps("ESP8266_BOARD", "2v09", 0x76000, 0x100_0000)[0]).toEqual([4, "map-fits-largest"]);
  });

  it("has map 0 alone on 512 KB", () => {
    expect(maps("ESP8266_BOARD", "2v09", 0x76000, 0x8_0000)).toEqual([[0, "map-fits-linked"]]);
  });

  it("prefers, for firmware that is bound to a map, that one to the size of the chip", () => {
    const found = fittingMaps({ family: "at", version: "1.7.6" }, 0x6def4, 0x40_0000, 5);
    expect(found.map(({ map }) => map)).toEqual([5, 6]);
  });

  it("has none for a firmware that is not known", () => {
    expect(fittingMaps({ family: "unknown" }, undefined, 0x40_0000)).toEqual([]);
  });
});
