import { describe, expect, it } from "vitest";
import { parseModemRequest } from "./modem-lines.js";

describe("modem-line requests", () => {
  it("set both lines in one step", () => {
    expect(parseModemRequest("set 4", 2, false)).toEqual({ bits: 4, step: { dtr: false, rts: true } });
    expect(parseModemRequest("set 126", 0, false)).toEqual({ bits: 6, step: { dtr: true, rts: true } });
  });

  it("move only the lines that bis and bic name", () => {
    expect(parseModemRequest("bis 4", 2, false)).toEqual({ bits: 6, step: { rts: true } });
    expect(parseModemRequest("bic 2", 6, false)).toEqual({ bits: 4, step: { dtr: false } });
    expect(parseModemRequest("bis 20", 2, false)).toEqual({ bits: 2 });
  });

  it("begin and end a break once, and leave the other lines alone", () => {
    expect(parseModemRequest("brk 0", 6, false)).toEqual({ bits: 6, step: { brk: true } });
    expect(parseModemRequest("nobrk 0", 6, true)).toEqual({ bits: 6, step: { brk: false } });
    expect(parseModemRequest("brk 0", 6, true)).toEqual({ bits: 6 });
    expect(parseModemRequest("nobrk 0", 6, false)).toEqual({ bits: 6 });
  });

  it("leave the board alone for get", () => {
    expect(parseModemRequest("get 0", 6, false)).toEqual({ bits: 6 });
  });
});
