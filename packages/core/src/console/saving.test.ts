import { describe, expect, it } from "vitest";
import { judgeMap } from "../maps/judge-map.js";
import { formatStatement } from "../messages/catalogue.js";
import { savingDangers, savingsIn } from "./saving.js";

describe("what a line saves", () => {
  it.each([
    ["save()", ["program"]],
    ["setTimeout(() => { save ( ); }, 1)", ["program"]],
    ["E.setBootCode('x')", ["program"]],
    ["reset(true)", ["program"]],
    ['require("Storage").write("a", "b")', ["program"]],
    ["wifi.save()", ["wifi"]],
    ["Wifi.save('clear')", ["wifi"]],
    ["require('Wifi').save()", ["wifi"]],
    ["save();wifi.save()", ["program", "wifi"]],
    ["reset()", []],
    ["document.save()", []],
    ["mysave()", []],
    ["process.env", []],
  ])("%s", (text, expected) => {
    expect(savingsIn(text)).toEqual(expected);
  });
});

describe("what saving destroys", () => {
  const dangers = (version: string, map: number) => {
    const firmware = { family: "espruino", build: "ESP8266_4MB", version } as const;
    const found = savingDangers(judgeMap({ firmware, map, flashSize: 0x40_0000, imageEnd: 0x7d594 })!);
    return Object.fromEntries(Object.entries(found).map(([what, said]) => [what, formatStatement(said)]));
  };

  it("is the firmware itself, where Wi-Fi settings lie in its code", () => {
    expect(dangers("1v95", 4)).toEqual({
      wifi: "Saving Wi-Fi settings erases 4 KB (4096 bytes) of the firmware's own code at 0x0007b000.",
    });
  });

  it("is nothing under the map that the firmware was built for, nor where settings are a file", () => {
    expect(dangers("1v95", 6)).toEqual({});
    expect(dangers("2v09", 4)).toEqual({});
  });
});
