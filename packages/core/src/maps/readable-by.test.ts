import { describe, expect, it } from "vitest";
import { DataFormat, type DataFormatName, dataFormats } from "./data-formats.js";
import { firmwareDefinitions } from "./firmware/registry.js";
import type { FirmwareId } from "./firmware-id.js";
import { readableBy } from "./readable-by.js";

const board = (version?: string): FirmwareId => ({ family: "espruino", build: "ESP8266_BOARD", version });

describe("readableBy", () => {
  it.each<[DataFormatName, string, string]>([
    ["espruino-wifi-24", "1v83", "no"],
    ["espruino-wifi-24", "1v84", "yes"],
    ["espruino-wifi-24", "1v97", "yes"],
    ["espruino-wifi-24", "1v98", "no"],
    ["espruino-storage-16", "1v95", "no"],
    ["espruino-storage-16", "1v96", "yes"],
    ["espruino-storage-16", "2v04", "yes"],
    ["espruino-storage-16", "2v05", "no"],
    ["espruino-storage-32", "2v04", "no"],
    ["espruino-storage-32", "2v05", "yes"],
    ["espruino-storage-32", "2v29", "yes"],
    ["raw", "2v29", "yes"],
    ["phy-init", "2v29", "yes"],
    ["tasmota-settings", "2v29", "no"],
    ["sdk1-params", "1v88", "no"],
    ["sdk2-params", "1v88", "yes"],
  ])("says of %s in Espruino %s: %s", (format, version, answer) => {
    expect(readableBy(format, board(version))).toBe(answer);
  });

  it("binds a raw save area to the version and build that wrote it", () => {
    const save = (reader: FirmwareId, writer?: FirmwareId) => readableBy("espruino-save", reader, writer);
    expect(save(board("1v94"), board("1v94"))).toBe("yes");
    expect(save(board("1v94"), board("1v93"))).toBe("no");
    expect(save(board("1v95"), { family: "espruino", build: "ESP8266_4MB", version: "1v95" })).toBe("no");
    expect(save(board("1v94"))).toBe("unknown");
    expect(save(board("1v96"), board("1v95"))).toBe("no");
  });

  it("does not know what a version reads that it does not know, where versions differ", () => {
    expect(readableBy("espruino-storage-32", board())).toBe("unknown");
    expect(readableBy("espruino-storage-16", board())).toBe("unknown");
    expect(readableBy("phy-init", board())).toBe("yes");
    expect(readableBy("tasmota-settings", board())).toBe("no");
  });

  it("does not know whether another family takes what nobody documented", () => {
    const arduino: FirmwareId = { family: "arduino", version: "3.0.2" };
    expect(readableBy("sdk2-params", board("2v09"), arduino)).toBe("unknown");
    expect(readableBy("sdk2-params", board("2v09"), board("1v95"))).toBe("yes");
  });

  it("knows that Arduino does not read PHY init data from flash", () => {
    expect(readableBy("phy-init", { family: "arduino", build: "4m2m", version: "3.0.2" })).toBe("no");
  });

  it("knows nothing of firmware that is not known", () => {
    expect(readableBy("littlefs", { family: "unknown" })).toBe("unknown");
  });
});

describe("dataFormats", () => {
  it("has every format, and every one is used by some layout", () => {
    expect(Object.keys(dataFormats).sort()).toEqual(Object.values(DataFormat).sort());
    const used = new Set(firmwareDefinitions.flatMap(({ rows }) => rows.map(({ format }) => format)));
    for (const format of Object.values(DataFormat))
      expect([format, used.has(format)]).toEqual([format, true]);
  });
});
