import { describe, expect, it } from "vitest";
import { parseModemRequest } from "./modem-lines.js";

describe("modem-line requests", () => {
  it("set both lines in one step", () => {
    expect(parseModemRequest("set 4", 2)).toEqual({ bits: 4, step: { dtr: false, rts: true } });
    expect(parseModemRequest("set 126", 0)).toEqual({ bits: 6, step: { dtr: true, rts: true } });
  });

  it("move only the lines that bis and bic name", () => {
    expect(parseModemRequest("bis 4", 2)).toEqual({ bits: 6, step: { rts: true } });
    expect(parseModemRequest("bic 2", 6)).toEqual({ bits: 4, step: { dtr: false } });
    expect(parseModemRequest("bis 20", 2)).toEqual({ bits: 2 });
  });

  it("leave the board alone for get and for a break", () => {
    for (const line of ["get 0", "brk 0", "nobrk 0"]) expect(parseModemRequest(line, 6)).toEqual({ bits: 6 });
  });
});
