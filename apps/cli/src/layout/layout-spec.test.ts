import { esp8266, FlasherError, parseFlashSize } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { layoutSpec, namedLayout, parseLayoutSpec } from "./layout-spec.js";

const size = (name: string) => parseFlashSize(name, esp8266.image.flashParams);

describe("the name of a layout", () => {
  it.each([
    ["espruino:ESP8266_4MB@2v09", { family: "espruino", build: "ESP8266_4MB", version: "2v09" }],
    ["Espruino@1v95", { family: "espruino", version: "1v95" }],
    ["at:no-boot", { family: "at", build: "no-boot" }],
    ["arduino:4m2m@2.7.4", { family: "arduino", build: "4m2m", version: "2.7.4" }],
    ["tasmota", { family: "tasmota" }],
  ])("%s", (text, firmware) => {
    expect(parseLayoutSpec(text)).toEqual(firmware);
    expect(layoutSpec(parseLayoutSpec(text)).toLowerCase()).toBe(text.toLowerCase());
  });

  it.each(["", "windows", "espruino:", "espruino@", "espruino 2v09", "../espruino"])("is not %j", (text) => {
    expect(() => parseLayoutSpec(text)).toThrow(new FlasherError("layout-unknown", { text }));
  });
});

describe("a layout by name", () => {
  it("has the chip's size where that is named beside the map", () => {
    const { map, flashSize } = namedLayout("espruino:ESP8266_4MB@2v09", size("4MB-c1"), 0x1000000);
    expect([map, flashSize]).toEqual([6, 0x1000000]);
  });

  it("needs a size", () => {
    expect(() => namedLayout("espruino:ESP8266_4MB", undefined)).toThrow(
      new FlasherError("layout-needs-size", { text: "espruino:ESP8266_4MB" }),
    );
  });

  it("exists for known builds only", () => {
    expect(() => namedLayout("espruino:ESP32", size("4MB"))).toThrow(
      new FlasherError("layout-unknown", { text: "espruino:ESP32" }),
    );
  });
});
