import { describe, expect, it } from "vitest";
import { FREQS, MODES, RATES, SIZES, SLOW_RATE } from "../screens/header-values.js";
import { headerChoice } from "./header-wish.js";

const MB = 0x10_0000;

describe("the header that somebody asks for", () => {
  it("is understood in every value that the page offers", () => {
    const modes = MODES.map((mode) => headerChoice({ mode }, 4 * MB).mode?.name);
    const freqs = FREQS.map((freq) => headerChoice({ freq }, 4 * MB).freq?.name);
    const sizes = SIZES.slice(1).map((size) => headerChoice({ size }, 4 * MB).size?.name);
    expect([modes, freqs, sizes]).toEqual([MODES, FREQS, SIZES.slice(1)]);
    expect(RATES).toContain(SLOW_RATE);
  });

  it("is the plan's where nothing is asked for, and the plain map of the chip where its size is", () => {
    expect(headerChoice({}, 4 * MB)).toEqual({});
    expect(headerChoice({ size: "detect" }, 4 * MB).size?.name).toBe("4MB");
    expect(() => headerChoice({ size: "detect" }, 3 * MB)).toThrow("3 MB");
  });
});
