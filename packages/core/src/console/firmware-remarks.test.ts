import { describe, expect, it } from "vitest";
import { formatStatement } from "../messages/catalogue.js";
import { firmwareRemark } from "./firmware-remarks.js";

describe("what a firmware says of itself", () => {
  it.each([
    [" 1v95 Copyright 2017 G.Williams", "normal", "Espruino 1v95 has started."],
    [" 2v09 (c) 2021 G.Williams", "normal", "Espruino 2v09 has started."],
    [
      "Flash map 512KB:256/256, manuf 0xe0 chip 0x4016",
      "normal",
      "The firmware runs under the flash map 512KB:256/256.",
    ],
    [
      "WARNING: *** Your flash chip does not match your flash map ***",
      "warning",
      "The firmware says that flash chip and flash map do not match.",
    ],
    ["Storage is corrupt.", "alarm", "The firmware finds its Storage damaged."],
    ["Loading 1234 bytes from flash...", "normal", "A saved program was loaded: 1234 bytes."],
    [
      "ERROR: Too big to save to flash (13000 vs 12284 bytes)",
      "warning",
      "The program was not saved: it takes 13000 bytes, and 12284 have room.",
    ],
    ["New interpreter error: FIFO_FULL", "warning", "The board lost input: it came faster than it was read."],
    ["New interpreter error: LOW_MEMORY,MEMORY", "warning", "The program's memory is full."],
    ["New interpreter error: CALLBACK", "warning", "The interpreter reports CALLBACK."],
    ["read system param error, use last saved param!", "warning", "Settings of the system were lost."],
    ["AT version:1.7.6.0(Jan 24 2022)", "normal", "AT firmware 1.7.6.0 has started."],
  ])("%s", (line, level, words) => {
    const remark = firmwareRemark(line)!;
    expect([remark.level, formatStatement(remark.statement).slice(0, words.length)]).toEqual([level, words]);
  });

  it("is nothing in lines of programs", () => {
    for (const line of ["", ">1+1", "=2", "temperature 21.5", "Loading page"])
      expect(firmwareRemark(line)).toBeUndefined();
  });
});
