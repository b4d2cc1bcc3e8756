import { describe, expect, it } from "vitest";
import { words, writeWord } from "../bytes.js";
import { readSaveArea } from "./espruino-save.js";
import { readWifiSector, startsWifiBlock } from "./espruino-wifi-block.js";
import { holdsSdkParams, sdkParamCopies } from "./sdk-params.js";

const text = (bytes: Uint8Array, offset: number, value: string) =>
  bytes.set(
    Uint8Array.from(value, (character) => character.charCodeAt(0)),
    offset,
  );

function wifiSector(): Uint8Array {
  const sector = new Uint8Array(0x1000).fill(0xff);
  sector.fill(0, 0, 1024);
  sector.set([0x00, 0x04, 0x18, 0x00]);
  sector.set([3, 3, 2, 5, 4, 1], 8);
  text(sector, 14, "attic");
  text(sector, 46, "do not print me");
  text(sector, 110, "ESP_123456");
  text(sector, 142, "access secret");
  text(sector, 206, "espruino");
  return sector;
}

describe("the Wi-Fi block", () => {
  it("is read field by field", () => {
    expect(readWifiSector(wifiSector())).toEqual({
      state: "settings",
      block: {
        mode: 3,
        phyMode: 3,
        sleepType: 2,
        authMode: 4,
        hidden: true,
        ssid: "attic",
        password: "do not print me",
        accessPointSsid: "ESP_123456",
        accessPointPassword: "access secret",
        hostname: "espruino",
        crcMatches: false,
      },
    });
  });

  it("has a name of 32 characters at most, whatever its length says: the password follows", () => {
    const sector = wifiSector();
    text(sector, 14, "n".repeat(32));
    sector[11] = 200;
    expect(readWifiSector(sector)).toMatchObject({
      block: { ssid: "n".repeat(32), password: "do not print me" },
    });
  });

  it("has a CRC-32 over itself with the CRC's field zero", () => {
    const sector = wifiSector();
    // Computed by Python's zlib.
    writeWord(sector, 4, 0x084b_39be);
    expect(readWifiSector(sector)).toMatchObject({ block: { crcMatches: true } });
  });

  it("is told from a blank sector, from code and from a part of itself", () => {
    expect(readWifiSector(new Uint8Array(0x1000).fill(0xff))).toEqual({ state: "blank" });
    expect(readWifiSector(Uint8Array.of(0xea, 4, 0, 1))).toEqual({ state: "other" });
    expect(readWifiSector(wifiSector().subarray(0, 1023))).toEqual({ state: "other" });
    expect(readWifiSector(new Uint8Array(0))).toEqual({ state: "blank" });
    expect(startsWifiBlock(Uint8Array.of(0x00, 0x04, 0x18, 0x00))).toBe(true);
    expect(startsWifiBlock(Uint8Array.of(0x00, 0x04, 0x18))).toBe(false);
  });
});

describe("the save area", () => {
  const saved = (first: number) => {
    const area = new Uint8Array(0x3000).fill(0xff);
    area.set(words(first, 0x4027_9000));
    area.set(words(0xdead_beef), 0x2ffc);
    return area;
  };

  it("holds a state where its last word is the magic number", () => {
    expect(readSaveArea(saved(0x8000_0010))).toEqual({
      state: "saved",
      bootCodeSize: 16,
      runsAlways: true,
      endAddress: 0x4027_9000,
    });
    expect(readSaveArea(saved(0xffff_ffff))).toMatchObject({ bootCodeSize: 0, runsAlways: false });
  });

  it("is blank, or holds something else", () => {
    const nothing = { bootCodeSize: 0, runsAlways: false, endAddress: 0 };
    expect(readSaveArea(new Uint8Array(0x3000).fill(0xff))).toEqual({ state: "blank", ...nothing });
    expect(readSaveArea(new Uint8Array(0x3000))).toEqual({ state: "other", ...nothing });
    expect(readSaveArea(words(0xdead_beef))).toEqual({ state: "other", ...nothing });
  });
});

describe("the SDK's parameters", () => {
  it("count as a secret unless blank, in sectors three and two from the end", () => {
    expect(sdkParamCopies(0x40_0000)).toEqual({ offset: 0x3f_d000, size: 0x2000 });
    expect(holdsSdkParams(new Uint8Array(0x2000).fill(0xff))).toBe(false);
    expect(holdsSdkParams(new Uint8Array(0x2000).fill(0xff, 1))).toBe(true);
  });
});
