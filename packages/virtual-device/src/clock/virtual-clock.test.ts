import { describe, expect, it } from "vitest";
import { createVirtualClock } from "./virtual-clock.js";

describe("a virtual clock", () => {
  it("jumps from timer to timer when nothing else is left to do", async () => {
    const clock = createVirtualClock();
    const seen: [string, number][] = [];
    const note = (name: string) => () => void seen.push([name, clock.now()]);
    clock.setTimer(120_000, note("late"));
    clock.setTimer(5, note("early"));
    await new Promise<void>((resolve) => void clock.setTimer(120_001, resolve));
    expect(seen).toEqual([
      ["early", 5],
      ["late", 120_000],
    ]);
  });

  it("fires timers of the same moment in the order of their setting", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const seen: number[] = [];
    for (let i = 0; i < 20; i++) clock.setTimer(7, () => void seen.push(i));
    clock.advance(7);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  it("fires in order of time whatever the order of setting", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const seen: number[] = [];
    const delays = [9, 3, 7, 1, 8, 2, 6, 4, 5, 0];
    for (const delay of delays) clock.setTimer(delay, () => void seen.push(delay));
    clock.advance(100);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(clock.now()).toBe(100);
  });

  it("does not fire what was cancelled, and counts it no more", () => {
    const clock = createVirtualClock({ autoAdvance: false });
    let fired = 0;
    const cancel = clock.setTimer(1, () => void fired++);
    clock.setTimer(2, () => void fired++);
    cancel();
    cancel();
    expect(clock.pendingTimers).toBe(1);
    clock.advance(10);
    expect([fired, clock.pendingTimers]).toEqual([1, 0]);
  });

  it("lets promises run between two timers", async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    clock.setTimer(1, () => void Promise.resolve().then(() => seen.push("promise")));
    await new Promise<void>((resolve) => {
      clock.setTimer(2, () => {
        seen.push("timer");
        resolve();
      });
    });
    expect(seen).toEqual(["promise", "timer"]);
  });

  it("stands still while it is told to", async () => {
    const clock = createVirtualClock({ autoAdvance: false });
    let fired = false;
    clock.setTimer(1, () => {
      fired = true;
    });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([fired, clock.now()]).toEqual([false, 0]);
    clock.setAutoAdvance(true);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect([fired, clock.now()]).toEqual([true, 1]);
  });
});
