import { describe, expect, it } from "vitest";
import type { CliEvent } from "../cli-event.js";
import { FlashState } from "./flash-state.js";

const [low, high] = [
  { offset: 0, size: 0x1000 },
  { offset: 0x10000, size: 0x1000 },
];
const planned = { type: "planned", plan: { writes: [{}, {}] } } as unknown as CliEvent;
const started = (operation: "write" | "erase" | "verify" | "read", region = low): CliEvent => ({
  type: "started",
  operation,
  region,
});
const finished = (operation: "write" | "erase" | "verify" | "read", region = low): CliEvent => ({
  type: "finished",
  operation,
  region,
  elapsedMs: 1,
});
const after = (...events: CliEvent[]) => {
  const state = new FlashState();
  for (const event of events) state.see(event);
  return state.statement;
};
const written = [
  planned,
  started("write"),
  finished("write"),
  started("write", high),
  finished("write", high),
];

describe("the flash when a run is stopped", () => {
  it("is untouched until the first erase or write", () => {
    expect(after()).toEqual({ code: "cancelled-untouched", params: {} });
    expect(after(planned, started("read"), finished("read"))).toEqual({
      code: "cancelled-untouched",
      params: {},
    });
  });

  it("is half new within a write, and between two", () => {
    expect(after(planned, started("write"))).toEqual({ code: "cancelled-partial", params: { offset: 0 } });
    expect(after(planned, started("write"), finished("write"))).toEqual({
      code: "cancelled-partial",
      params: { offset: 0 },
    });
    expect(after(...written.slice(0, 4))).toEqual({ code: "cancelled-partial", params: { offset: 0x10000 } });
  });

  it("is unverified until the last region is verified", () => {
    expect(after(...written).code).toBe("cancelled-unverified");
    expect(after(...written, finished("verify")).code).toBe("cancelled-unverified");
    expect(after(...written, finished("verify"), finished("verify", high)).code).toBe("cancelled-complete");
  });

  it("counts the verification of an erase before the writes for itself", () => {
    const erased = [planned, started("erase"), finished("erase"), finished("verify")];
    expect(after(...erased).code).toBe("cancelled-partial");
    expect(after(...erased, ...written.slice(1), finished("verify")).code).toBe("cancelled-unverified");
  });

  it("is erased and unverified, then complete, where there is no plan", () => {
    expect(after(started("erase"), finished("erase")).code).toBe("cancelled-unverified");
    expect(after(started("erase"), finished("erase"), finished("verify")).code).toBe("cancelled-complete");
  });
});
