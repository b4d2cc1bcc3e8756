import { describe, expect, it } from "vitest";
import type { EngineEvent } from "../engine/engine.js";
import { foldWork, idleWork, rateOf, secondsLeft, type WorkState, writtenBytes } from "./work-state.js";

const low = { offset: 0, size: 0x1000 };
const high = { offset: 0x10000, size: 0x3000 };

/** Events with their times, a second apart. */
const after = (...events: EngineEvent[]): WorkState =>
  events.reduce((state, event, index) => foldWork(state, { at: index * 1000, event }), idleWork());

const planned: EngineEvent = { type: "planned", writes: [low, high], erases: [] };
const writeLow: EngineEvent[] = [
  { type: "started", operation: "write", region: low },
  { type: "progress", operation: "write", region: low, doneBytes: 0x800 },
  { type: "finished", operation: "write", region: low },
];

describe("the state of the work", () => {
  it("says what is being done on which bytes", () => {
    expect(after({ type: "connecting", attempt: 2, baudRate: 460800, reset: "classic" }).phase).toEqual({
      type: "connecting",
      kind: "connecting",
      attempt: 2,
      baudRate: 460800,
      reset: "classic",
    });
    expect(after({ type: "looking", depth: "deep" }).phase).toEqual({ kind: "looking", depth: "deep" });
    expect(
      after({ type: "progress", operation: "read", region: high, doneBytes: 5 }, { type: "starting" }).phase,
    ).toEqual({ kind: "starting" });
  });

  it("follows each region of a plan from waiting to verified, in bytes of flash", () => {
    expect(after(planned, ...writeLow).run?.regions).toEqual([
      { region: low, stage: "written", doneBytes: 0x1000 },
      { region: high, stage: "waiting", doneBytes: 0 },
    ]);
    const verified = after(
      planned,
      ...writeLow,
      { type: "started", operation: "verify", region: low },
      { type: "finished", operation: "verify", region: low },
    );
    expect(verified.run?.regions[0]).toEqual({ region: low, stage: "verified", doneBytes: 0x1000 });
  });

  it("takes reading and checking for no part of the plan", () => {
    const run = after(planned, { type: "finished", operation: "read", region: low }).run!;
    expect(writtenBytes(run)).toBe(0);
    expect(rateOf(run)).toBeUndefined();
  });

  it("knows rate and time left from the first byte written to the last event of writing", () => {
    const run = after(planned, ...writeLow, { type: "started", operation: "verify", region: low }).run!;
    expect(writtenBytes(run)).toBe(0x1000);
    expect(rateOf(run)).toBe(0x1000 / 2);
    expect(secondsLeft(run)).toBe(0x3000 / (0x1000 / 2));
  });

  it("keeps notes and the newest lines of the board", () => {
    const lines = Array.from(
      { length: 410 },
      (_, index): EngineEvent => ({ type: "boot", line: `${index}` }),
    );
    const state = after({ type: "note", text: "a note" }, ...lines);
    expect(state.notes).toEqual(["a note"]);
    expect([state.bootLines.length, state.bootLines[0], state.bootLines.at(-1)]).toEqual([400, "10", "409"]);
  });
});
