import { describe, expect, it } from "vitest";
import type { FirmwareId } from "./firmware-id.js";
import { layoutFor, sdkLayout } from "./layout-for.js";

const hex = (value: number) => `0x${value.toString(16).padStart(6, "0")}`;

/** `offset size id` of every region, those that nothing claims left out. */
function lines(firmware: FirmwareId, map: number, flashSize?: number): string[] {
  return layoutFor(firmware, map, flashSize)!
    .regions.filter(({ owner }) => owner !== "unused")
    .map(({ offset, size, id }) => `${hex(offset)} ${hex(size)} ${id}`);
}

const board = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });
const fourMB = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });

describe("the layout of ESP8266_BOARD", () => {
  it("has, in 1v95 under map 0, what the 512 KB table of that era has", () => {
    expect(lines(board("1v95"), 0)).toEqual([
      "0x000000 0x001000 boot",
      "0x001000 0x075000 user1",
      "0x077000 0x001000 eeprom",
      "0x078000 0x003000 saved-code",
      "0x07b000 0x001000 wifi",
      "0x07c000 0x001000 phy-init",
      "0x07d000 0x002000 system-params",
      "0x07f000 0x001000 boot-flag",
    ]);
  });

  it("has, in 1v95 under map 4, RF calibration where it also lists free flash", () => {
    expect(lines(board("1v95"), 4)).toEqual([
      "0x000000 0x001000 boot",
      "0x001000 0x075000 user1",
      "0x077000 0x001000 eeprom",
      "0x078000 0x003000 saved-code",
      "0x07b000 0x001000 wifi",
      "0x080000 0x001000 rf-cal",
      "0x080000 0x001000 free",
      "0x081000 0x076000 user2",
      "0x0f7000 0x009000 free",
      "0x100000 0x2fc000 free",
      "0x3fc000 0x001000 phy-init",
      "0x3fd000 0x002000 system-params",
      "0x3ff000 0x001000 boot-flag",
    ]);
  });
});

describe("the layout of ESP8266_4MB", () => {
  it("has, in 2v09 under map 6, what its maker's table has", () => {
    expect(lines(fourMB("2v09"), 6)).toEqual([
      "0x000000 0x001000 boot",
      "0x001000 0x0ca000 user1",
      "0x0cb000 0x030000 storage",
      "0x0fc000 0x004000 reserved",
      "0x101000 0x0ff000 user2",
      "0x200000 0x100000 free",
      "0x300000 0x040000 free",
      "0x340000 0x040000 free",
      "0x380000 0x040000 free",
      "0x3c0000 0x03b000 free",
      "0x3fb000 0x001000 rf-cal",
      "0x3fc000 0x001000 phy-init",
      "0x3fd000 0x002000 system-params",
      "0x3ff000 0x001000 boot-flag",
    ]);
  });
});

describe("the SDK's own layout", () => {
  it.each([
    [0, 0x07b000],
    [2, 0x0fb000],
    [3, 0x1fb000],
    [5, 0x1fb000],
    [4, 0x3fb000],
    [6, 0x3fb000],
    [8, 0x7fb000],
    [9, 0xffb000],
  ])("ends, under map %i, in the five sectors from 0x%x", (map, first) => {
    const tail = sdkLayout(map)!.regions.filter(({ offset }) => offset >= first);
    expect(tail.map(({ offset, size, id }) => [offset - first, size, id])).toEqual([
      [0x0000, 0x1000, "rf-cal"],
      [0x1000, 0x1000, "phy-init"],
      [0x2000, 0x2000, "system-params"],
      [0x4000, 0x1000, "boot-flag"],
    ]);
  });
});
