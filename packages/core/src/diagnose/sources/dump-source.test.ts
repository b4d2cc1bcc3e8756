import { describe, expect, it } from "vitest";
import { madeArduinoImage } from "../../../../../test/support/made-firmware.js";
import { diagnose } from "../diagnose.js";
import { codecs } from "../prepared-flash.fixture.js";
import { surveyFlash } from "../survey/survey-flash.js";
import { dumpSource, isChipSize } from "./dump-source.js";

describe("a dump", () => {
  it("is of a whole flash where a chip can be of its size", () => {
    const sizes = [undefined, 0, 1, 0x2_0000, 0x4_0000, 0x8_0000, 0x6_1fd0, 0x3f_f000, 0x40_0000, 0x100_0000];
    expect(sizes.filter(isChipSize)).toEqual([0x4_0000, 0x8_0000, 0x40_0000, 0x100_0000]);
  });

  it("of no chip's size says nothing of the chip: a healthy image is not called too large for it", async () => {
    const survey = await surveyFlash(dumpSource(madeArduinoImage(), codecs), { depth: "deep", codecs });
    expect(diagnose({ survey }).findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  });
});
