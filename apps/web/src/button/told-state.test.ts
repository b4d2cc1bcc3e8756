import { describe, expect, it } from "vitest";
import { foldWork, idleWork, type WorkState } from "../state/work-state.js";
import { toldState } from "./told-state.js";

const region = { offset: 0, size: 4096 };
const told = (work: WorkState, more: object = {}) =>
  toldState({ task: undefined, failure: undefined, done: undefined, work, ...more });

describe("the state that a page is told", () => {
  const planned = foldWork(idleWork(), {
    at: 0,
    event: { type: "planned", writes: [region, { offset: 4096, size: 12288 }], erases: [] },
  });

  it("is the step, and while it writes the bytes of flash", () => {
    expect(told(idleWork(), { task: "connect" })?.state).toBe("initializing");
    expect(told(idleWork(), { task: "download" })?.state).toBe("preparing");
    const erasing = foldWork(planned, { at: 1, event: { type: "started", operation: "erase", region } });
    expect(told(erasing, { task: "run" })?.state).toBe("erasing");
    const event = { type: "progress", operation: "write", region, doneBytes: 1024 } as const;
    expect(told(foldWork(planned, { at: 2, event }), { task: "run" })).toEqual({
      state: "writing",
      message: "Writing and verifying",
      details: { bytesTotal: 16384, bytesWritten: 1024, percentage: 6 },
    });
  });

  it("is the end, good or bad, in the words that the person reads", () => {
    expect(told(idleWork(), { done: { result: "All of it.", regions: [] } })).toEqual({
      state: "finished",
      message: "All of it.",
    });
    const problem = { code: "port-lost", message: "Gone.", details: "", isCancelled: false };
    expect(told(idleWork(), { failure: { task: "run", problem } })).toEqual({
      state: "error",
      message: "Gone.",
    });
  });

  it("is none while a person reads or decides", () => {
    expect(told(planned)).toBeUndefined();
    expect(told(idleWork(), { task: "leave" })).toBeUndefined();
  });
});
