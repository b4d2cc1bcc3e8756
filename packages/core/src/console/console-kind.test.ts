import { describe, expect, it } from "vitest";
import { consoleKindOfFamily, consoleKindOfLine, typedBehindPrompt } from "./console-kind.js";

describe("whose console it is", () => {
  it.each([
    [" 2v09 (c) 2021 G.Williams", "espruino"],
    ["Espruino 2v25 ESP8266_BOARD", "espruino"],
    ["Flash map 4MB:1024/1024, manuf 0xe0 chip 0x4016", "espruino"],
    ["MicroPython v1.19.1 on 2022-06-18; ESP module with ESP8266", "micropython"],
    ["NodeMCU 3.0.0.0", "nodemcu"],
    ["AT version:1.7.6.0(Jan 24 2022)", "at"],
    ["ets Jan  8 2013,rst cause:2, boot mode:(3,6)", undefined],
    ["hello from a sketch", undefined],
  ])("is told by %j", (line, kind) => {
    expect(consoleKindOfLine(line)).toBe(kind);
  });

  it("is told by the firmware in flash, where that has one", () => {
    expect(["espruino", "at", "arduino"].map(consoleKindOfFamily)).toEqual(["espruino", "at", undefined]);
  });

  it.each([
    ["espruino", ">save()", "save()"],
    ["espruino", ":  x)", "  x)"],
    ["espruino", "Erasing Flash....", undefined],
    ["micropython", ">>> import os", "import os"],
    ["nodemcu", "> =node.heap()", "=node.heap()"],
  ] as const)("%s shows its prompt in %j", (kind, line, typed) => {
    expect(typedBehindPrompt(kind, line)).toBe(typed);
  });
});
