import { describe, expect, it } from "vitest";
import { intersect, regionEnd } from "../../flash/region.js";
import type { FirmwareId } from "../firmware-id.js";
import { knownFirmware } from "../known-firmware.js";
import { layoutFor } from "../layout-for.js";

const hex = (value: number) => `0x${value.toString(16)}`;

/** `start-end` of the regions with an id. */
function spans(firmware: FirmwareId, id: string, map: number | undefined, flashSize?: number): string {
  return layoutFor(firmware, map, flashSize)!
    .regions.filter((region) => region.id === id)
    .map((region) => `${hex(region.offset)}-${hex(regionEnd(region))}`)
    .join(" ");
}

/** Script; flash; end of the sketch; file system, of cores since 2.6; EEPROM; RF calibration; SDK parameters. */
const scripts: readonly [string, number, number, string, number, number, number][] = [
  ["512k", 0x80000, 0x7b000, "", 0x7b000, 0x7c000, 0x7d000],
  ["512k32", 0x80000, 0x73000, "0x73000-0x7b000", 0x7b000, 0x7c000, 0x7d000],
  ["512k64", 0x80000, 0x6b000, "0x6b000-0x7b000", 0x7b000, 0x7c000, 0x7d000],
  ["512k128", 0x80000, 0x5b000, "0x5b000-0x7b000", 0x7b000, 0x7c000, 0x7d000],
  ["1m", 0x100000, 0xfb000, "", 0xfb000, 0xfc000, 0xfd000],
  ["1m64", 0x100000, 0xeb000, "0xeb000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m128", 0x100000, 0xdb000, "0xdb000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m144", 0x100000, 0xd7000, "0xd7000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m160", 0x100000, 0xd3000, "0xd3000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m192", 0x100000, 0xcb000, "0xcb000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m256", 0x100000, 0xbb000, "0xbb000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["1m512", 0x100000, 0x7b000, "0x7b000-0xfb000", 0xfb000, 0xfc000, 0xfd000],
  ["2m", 0x200000, 0x100000, "", 0x1fb000, 0x1fc000, 0x1fd000],
  ["2m64", 0x200000, 0x100000, "0x1f0000-0x1fb000", 0x1fb000, 0x1fc000, 0x1fd000],
  ["2m128", 0x200000, 0x100000, "0x1e0000-0x1fb000", 0x1fb000, 0x1fc000, 0x1fd000],
  ["2m256", 0x200000, 0x100000, "0x1c0000-0x1fb000", 0x1fb000, 0x1fc000, 0x1fd000],
  ["2m512", 0x200000, 0x100000, "0x180000-0x1fa000", 0x1fb000, 0x1fc000, 0x1fd000],
  ["2m1m", 0x200000, 0x100000, "0x100000-0x1fa000", 0x1fb000, 0x1fc000, 0x1fd000],
  ["4m", 0x400000, 0x100000, "", 0x3fb000, 0x3fc000, 0x3fd000],
  ["4m1m", 0x400000, 0x100000, "0x300000-0x3fa000", 0x3fb000, 0x3fc000, 0x3fd000],
  ["4m2m", 0x400000, 0x100000, "0x200000-0x3fa000", 0x3fb000, 0x3fc000, 0x3fd000],
  ["4m3m", 0x400000, 0x100000, "0x100000-0x3fa000", 0x3fb000, 0x3fc000, 0x3fd000],
  ["8m6m", 0x800000, 0x100000, "0x200000-0x7fa000", 0x7fb000, 0x7fc000, 0x7fd000],
  ["8m7m", 0x800000, 0x100000, "0x100000-0x7fa000", 0x7fb000, 0x7fc000, 0x7fd000],
  ["16m14m", 0x1000000, 0x100000, "0x200000-0xffa000", 0xffb000, 0xffc000, 0xffd000],
  ["16m15m", 0x1000000, 0x100000, "0x100000-0xffa000", 0xffb000, 0xffc000, 0xffd000],
];

describe("Arduino's linker scripts", () => {
  it.each(scripts)("%s", (build, flashSize, sketchEnd, files, eeprom, rfCal, params) => {
    const firmware: FirmwareId = { family: "arduino", build, version: "3.0.2" };
    const start = (id: string) => spans(firmware, id, undefined, flashSize).split("-")[0];
    expect(spans(firmware, "app", undefined, flashSize)).toBe(`0x1000-${hex(sketchEnd)}`);
    expect(spans(firmware, "file-system", undefined, flashSize)).toBe(files);
    expect([start("eeprom"), start("rf-cal"), start("system-params")]).toEqual(
      [eeprom, rfCal, params].map(hex),
    );
  });

  it("had longer file systems of 4 MB up to 2.5, and one in 4m up to 2.4", () => {
    const files = (build: string, version: string) =>
      spans({ family: "arduino", build, version }, "file-system", 4);
    expect(["4m1m", "4m2m", "4m3m"].map((build) => files(build, "2.5.2"))).toEqual([
      "0x300000-0x3fb000",
      "0x200000-0x3fb000",
      "0x100000-0x3fb000",
    ]);
    expect([files("4m", "2.4.2"), files("4m", "2.5.0")]).toEqual(["0x100000-0x3fb000", ""]);
  });

  it("take calibration from the end that the header declares, and the rest as linked", () => {
    const firmware: FirmwareId = { family: "arduino", build: "4m2m", version: "3.0.2" };
    expect([spans(firmware, "rf-cal", 2, 0x400000), spans(firmware, "eeprom", 2, 0x400000)]).toEqual([
      "0xfc000-0xfd000",
      "0x3fb000-0x3fc000",
    ]);
  });

  it("are all in the list of what is known", () => {
    const names = knownFirmware().filter(({ family }) => family === "arduino");
    expect(names.map(({ build }) => build)).toEqual([...scripts.map(([name]) => name), undefined]);
  });
});

describe("AT firmware", () => {
  const at = (version: string, build?: string): FirmwareId => ({ family: "at", version, build });

  it.each([
    ["1.3", 0, "0x79000-0x7c000"],
    ["1.3", 2, "0x7d000-0x80000"],
    ["1.3", 4, "0x7d000-0x80000"],
    ["1.3", 5, "0xfd000-0x100000"],
    ["1.3", 6, "0xfd000-0x100000"],
    ["1.7.6", 5, "0xf9000-0xfd000 0xfd000-0x100000"],
    ["1.7.6", 6, "0xf9000-0xfd000 0xfd000-0x100000"],
    ["1.7.6", 2, "0x79000-0x7d000 0x7d000-0x80000"],
  ])("of version %s keeps its parameters under map %i at %s", (version, map, expected) => {
    expect(spans(at(version), "settings", map)).toBe(expected);
    expect(spans(at(version, "no-boot"), "settings", map)).toBe(expected);
  });

  it("calibrates under map 0 before its parameters, else in the fifth sector from the end", () => {
    expect(spans(at("1.3"), "rf-cal", 0)).toBe("0x78000-0x79000");
    expect(spans(at("1.3"), "rf-cal", 6)).toBe("0x3fb000-0x3fc000");
  });

  it("has 896 KB for a slot on SDK 3", () => {
    expect(spans(at("1.7.6"), "user1", 5)).toBe("0x1000-0xe1000");
    expect(spans(at("1.7.6"), "user2", 5)).toBe("0x101000-0x1e1000");
  });

  it("without a second boot has code from 0x10000 on, and no slots", () => {
    expect(spans(at("1.7.6", "no-boot"), "app", 4)).toBe("0x0-0x10000 0x10000-0x100000");
    expect(spans(at("1.7.6", "no-boot"), "user2", 4)).toBe("");
  });
});

describe("the places of settings and files", () => {
  it.each<[FirmwareId, number, string, string]>([
    [{ family: "tasmota" }, 0x100000, "settings", "0xf4000-0xfb000"],
    [{ family: "tasmota" }, 0x200000, "settings", "0xf7000-0xfe000 0xff000-0x100000"],
    [{ family: "tasmota" }, 0x400000, "settings", "0xf7000-0xfe000 0xff000-0x100000"],
    [{ family: "tasmota" }, 0x100000, "reserved", "0xf3000-0xf4000"],
    [{ family: "tasmota" }, 0x400000, "reserved", "0xf6000-0xf7000"],
    [{ family: "tasmota" }, 0x100000, "eeprom", "0xfb000-0xfc000"],
    [{ family: "tasmota" }, 0x400000, "eeprom", "0x3fb000-0x3fc000"],
    [{ family: "tasmota" }, 0x400000, "file-system", "0x100000-0x3fb000"],
    [{ family: "esphome" }, 0x100000, "settings", "0xfb000-0xfc000"],
    [{ family: "esphome" }, 0x200000, "settings", "0x1fb000-0x1fc000"],
    [{ family: "esphome" }, 0x400000, "settings", "0x3fb000-0x3fc000"],
    [{ family: "micropython", version: "1.13" }, 0x400000, "file-system", "0x100000-0x3fb000"],
    [{ family: "micropython", version: "1.20", build: "1M" }, 0x100000, "file-system", "0x99000-0xfb000"],
    [{ family: "micropython", version: "1.20", build: "512K" }, 0x80000, "file-system", ""],
    [{ family: "nodemcu", version: "2.2.1" }, 0x400000, "system-params", "0x3fd000-0x3ff000"],
    [{ family: "nodemcu", version: "3.0" }, 0x400000, "app", "0x0-0xb000 0x10000-0x100000"],
    [{ family: "rboot", version: "1.4.2" }, 0x100000, "boot-flag", "0x1000-0x2000 0xff000-0x100000"],
    [{ family: "rboot", version: "1.4.2" }, 0x100000, "user2", "0x82000-0xfb000"],
    [{ family: "rboot", version: "1.4.2" }, 0x400000, "user2", "0x202000-0x300000"],
  ])("of %j on %i bytes: %s at %s", (firmware, flashSize, id, expected) => {
    const map = { 524288: 0, 1048576: 2, 2097152: 3, 4194304: 4 }[flashSize]!;
    expect(spans(firmware, id, map, flashSize)).toBe(expected);
  });
});

describe("knownFirmware", () => {
  it("names the versions in which something of Espruino moved", () => {
    const builds = knownFirmware().filter(({ family }) => family === "espruino");
    expect(builds.map(({ build, linkedMap, changes }) => [build, linkedMap, changes.join(" ")])).toEqual([
      ["ESP8266_BOARD", 0, "1v84 1v86 1v88 1v92 1v95 1v96 1v98 2v00 2v05"],
      ["ESP8266_4MB", 6, "1v95 1v96 1v98 2v05"],
      ["ESP8266_4MB-1MB", 2, "1v95 1v96 1v98 2v05"],
      ["ESP8266_4MB-2MB", 3, "1v95 1v96 1v98 2v05"],
    ]);
  });
});

describe("slots of the SDK", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 8, 9])("keep out of what the SDK itself writes, under map %i", (map) => {
    // Firmware of several slots has no place for itself in 256 KB.
    for (const family of map === 1 ? (["nonos"] as const) : (["nonos", "at", "rboot"] as const)) {
      const { regions } = layoutFor({ family, version: "1.6" }, map)!;
      const slots = regions.filter(({ id }) => id === "user1" || id === "user2");
      const sdk = regions.filter(({ id }) => ["rf-cal", "phy-init", "system-params"].includes(id));
      const hit = slots.flatMap((slot) => sdk.filter(({ offset }) => intersect(slot, { offset, size: 1 })));
      expect([family, hit]).toEqual([family, []]);
    }
  });
});

describe("rBoot", () => {
  it.each([
    [0, 0x42000],
    [2, 0x82000],
    [3, 0x102000],
    [4, 0x202000],
    [5, 0x102000],
    [6, 0x202000],
    [8, 0x402000],
    [9, 0x802000],
  ])("has its slots, under map %i, 8 KB behind the halves of the flash", (map, second) => {
    const start = (id: string) => spans({ family: "rboot" }, id, map).split("-")[0];
    expect([start("user1"), start("user2")]).toEqual([hex(0x2000), hex(second)]);
  });
});

describe("NodeMCU on SDK 3", () => {
  it("leaves the SDK five sectors between its two files, in which releases differ", () => {
    const { regions } = layoutFor({ family: "nodemcu", version: "3.0.0" }, 4)!;
    const sdk = regions.filter(({ offset }) => offset >= 0xb000 && offset < 0x10000);
    expect(sdk.map(({ id, offset, size, certainty }) => [id, offset, size, certainty])).toEqual([
      ["rf-cal", 0xb000, 0x1000, "uncertain"],
      ["phy-init", 0xc000, 0x1000, "uncertain"],
      ["system-params", 0xd000, 0x3000, "uncertain"],
    ]);
  });
});
