import { describe, expect, it } from "vitest";
import type { FlashEvent } from "./event.js";
import { FlashState } from "./flash-state.js";

const [low, high] = [
  { offset: 0, size: 0x1000 },
  { offset: 0x10000, size: 0x1000 },
];
const planned = { type: "planned", plan: { writes: [{}, {}] } } as unknown as FlashEvent;
const started = (operation: "write" | "erase" | "verify" | "read", region = low): FlashEvent => ({
  type: "started",
  operation,
  region,
});
const finished = (operation: "write" | "erase" | "verify" | "read", region = low): FlashEvent => ({
  type: "finished",
  operation,
  region,
  elapsedMs: 1,
});
const after = (...events: FlashEvent[]) => {
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

  it("is not finished between two erases that were announced, nor before the last one is verified", () => {
    const one = [started("erase"), finished("erase"), finished("verify")];
    const two = [started("erase", high), finished("erase", high), finished("verify", high)];
    const announced = (...events: FlashEvent[]) => {
      const state = new FlashState();
      state.expect({ erases: 2 });
      for (const event of events) state.see(event);
      return state.statement.code;
    };
    expect(announced()).toBe("cancelled-untouched");
    expect(announced(...one)).toBe("cancelled-partial");
    expect(announced(...one, ...two.slice(0, 2))).toBe("cancelled-unverified");
    expect(announced(...one, ...two)).toBe("cancelled-complete");
  });

  it("counts writes that were announced before erases", () => {
    const state = new FlashState();
    state.expect({ writes: 1, erases: 1 });
    const seen = (...events: FlashEvent[]) => {
      for (const event of events) state.see(event);
      return state.statement.code;
    };
    expect(seen(started("write"), finished("write"), finished("verify"))).toBe("cancelled-partial");
    expect(seen(started("erase"), finished("erase"))).toBe("cancelled-unverified");
    expect(seen(finished("verify"))).toBe("cancelled-complete");
  });

  const note = (code: string, params: object) => ({ type: "note", code, params }) as unknown as FlashEvent;

  it("is known again when a plan is resumed", () => {
    const cut = [planned, started("write")];
    expect(after(...cut, note("plan-resumed", { writes: 0, erases: 0 })).code).toBe("cancelled-unverified");
    expect(after(...cut, note("plan-resumed", { writes: 2, erases: 0 })).code).toBe("cancelled-partial");
    const erase = note("plan-resumed", { writes: 0, erases: 1 });
    expect(after(...cut, erase).code).toBe("cancelled-partial");
    const erased = [started("erase"), finished("erase"), finished("verify")];
    expect(after(...cut, erase, ...erased, finished("verify")).code).toBe("cancelled-unverified");
    expect(after(...cut, erase, ...erased, finished("verify"), finished("verify")).code).toBe(
      "cancelled-complete",
    );
  });

  it("is known again when an erase is resumed", () => {
    const resumed = (...events: FlashEvent[]) => {
      const state = new FlashState();
      state.expect({ erases: 1 });
      state.see(started("erase"));
      state.expect({ erases: 1 });
      for (const event of events) state.see(event);
      return state.statement.code;
    };
    expect(resumed()).toBe("cancelled-partial");
    expect(resumed(note("erase-was-complete", {}))).toBe("cancelled-complete");
    const two = note("erase-resumed", { erases: 2 });
    const part = [started("erase"), finished("erase")];
    expect(resumed(two, ...part)).toBe("cancelled-partial");
    expect(resumed(two, ...part, ...part)).toBe("cancelled-unverified");
  });

  it("is told in the present while the work may go on, once it was changed", () => {
    const state = new FlashState();
    expect(state.present).toBeUndefined();
    state.see(started("erase", high));
    expect(state.present).toEqual({ code: "flash-partial", params: { offset: 0x10000 } });
    state.see(finished("erase", high));
    expect(state.present).toEqual({ code: "flash-unverified", params: {} });
    state.see(finished("verify", high));
    expect(state.present).toEqual({ code: "flash-complete", params: {} });
  });
});
