import { describe, expect, it } from "vitest";
import { hexLines } from "./hex-lines.js";

describe("hex lines", () => {
  it("have sixteen bytes, their address in flash, and what of them is ASCII", () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => 0x3e + index);
    expect(hexLines(bytes, 0x1000)).toEqual([
      {
        address: "0x00001000",
        hex: "3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d",
        text: ">?@ABCDEFGHIJKLM",
        repeats: 0,
      },
      { address: "0x00001010", hex: "4e 4f 50 51  ", text: "NOPQ", repeats: 0 },
    ]);
  });

  it("tell equal lines once, with how many more there are", () => {
    const lines = hexLines(new Uint8Array(0x1000).fill(0xff), 0);
    expect(lines.map(({ repeats }) => repeats)).toEqual([0, 255]);
    expect(lines[0]!.text).toBe("................");
  });
});
