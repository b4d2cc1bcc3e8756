import { describe, expect, it } from "vitest";
import { carriedRegions } from "./carried-regions.js";
import type { FirmwareId } from "./firmware-id.js";
import { layoutFor } from "./layout-for.js";

const board = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });
const fourMB = (version: string): FirmwareId => ({ family: "espruino", build: "ESP8266_4MB", version });

/** `region part-offset carriage readable heir`, a line each. */
function fates(from: FirmwareId, to: FirmwareId, map: number): string[] {
  const carried = carriedRegions(layoutFor(from, map)!, layoutFor(to, map)!);
  return carried.map(
    ({ region, part, carriage, readable, heir, under, boundPart }) =>
      `${region.id} 0x${part.offset.toString(16)} ${carriage} ${readable}` +
      `${heir ? ` ${heir.id}@0x${heir.offset.toString(16)}` : ""}` +
      `${under.length > 0 ? ` under ${under.map(({ id }) => id).join("+")}` : ""}${boundPart ? " bound" : ""}`,
  );
}

describe("carriedRegions", () => {
  it("loses a raw save area to Storage in 1v96, and keeps the Wi-Fi block", () => {
    expect(fates(board("1v95"), board("1v96"), 0)).toEqual([
      "eeprom 0x77000 same-place yes eeprom@0x77000",
      "saved-code 0x78000 format-changed no storage@0x78000",
      "wifi 0x7b000 same-place yes wifi@0x7b000",
    ]);
  });

  it("moves Storage and loses the Wi-Fi block in 1v98, under map 0 to calibration", () => {
    expect(fates(board("1v97"), board("1v98"), 0)).toEqual([
      "eeprom 0x77000 overlaid yes under storage",
      "storage 0x78000 moved yes storage@0x77000 bound",
      "wifi 0x7b000 overlaid no storage@0x77000 under rf-cal",
    ]);
  });

  it("parts free flash by what takes sectors of it", () => {
    expect(fates(board("1v97"), board("1v98"), 4)).toEqual([
      "eeprom 0x77000 overlaid yes under storage",
      "storage 0x78000 moved yes storage@0x77000 bound",
      "wifi 0x7b000 format-changed no storage@0x77000",
      "free 0x80000 same-place yes free@0x80000",
      "free 0xf7000 same-place yes free@0xf7000",
      "free 0x100000 same-place yes free@0x100000",
      "free 0x3fb000 overlaid yes free@0x100000 under rf-cal",
    ]);
  });

  const listed = [0x200000, 0x300000, 0x340000, 0x380000, 0x3c0000].map(
    (offset) => `free 0x${offset.toString(16)} same-place yes free@0x${offset.toString(16)}`,
  );

  it("cannot read Storage of 2v04 in 2v05", () => {
    expect(fates(fourMB("2v04"), fourMB("2v05"), 6)).toEqual([
      "storage 0xcb000 format-changed no storage@0xcb000 bound",
      ...listed,
    ]);
  });

  it("keeps Storage from 2v09 to 2v29, but for a saved image that is bound to its version", () => {
    expect(fates(fourMB("2v09"), fourMB("2v29"), 6)[0]).toBe(
      "storage 0xcb000 same-place yes storage@0xcb000 bound",
    );
  });

  it("keeps all of Storage when the same version is flashed again", () => {
    expect(fates(fourMB("2v09"), fourMB("2v09"), 6)[0]).toBe(
      "storage 0xcb000 same-place yes storage@0xcb000",
    );
  });

  it("puts the code of the 4 MB build over the Storage of ESP8266_BOARD", () => {
    expect(fates(board("2v09"), fourMB("2v09"), 6)[0]).toBe(
      "storage 0x77000 overlaid yes storage@0xcb000 under user1 bound",
    );
  });

  it("does not find a file system again that has another size", () => {
    const arduino = (version: string): FirmwareId => ({ family: "arduino", build: "4m1m", version });
    const files = (from: string, to: string) =>
      fates(arduino(from), arduino(to), 4).filter((line) => line.startsWith("file-system"));
    expect(files("2.5.0", "3.0.2")).toEqual(["file-system 0x300000 moved yes file-system@0x300000"]);
    expect(files("2.7.4", "3.0.2")).toEqual(["file-system 0x300000 same-place yes file-system@0x300000"]);
  });

  it("has no use in Espruino for what AT stored", () => {
    expect(fates({ family: "at", version: "1.7.6" }, fourMB("2v09"), 6)).toEqual([
      "settings 0xf9000 overlaid no under storage",
      "settings 0xfd000 unread no",
      "system-params 0x3fd000 format-changed no system-params@0x3fd000",
    ]);
  });
});
