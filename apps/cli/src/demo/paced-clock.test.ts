import type { Clock } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { pacedClock } from "./paced-clock.js";

/** A clock that the test moves by hand. */
function handClock(): Clock & { move(ms: number): void } {
  let now = 0;
  const timers = new Set<{ at: number; fire: () => void }>();
  return {
    now: () => now,
    setTimer(delayMs, fire) {
      const timer = { at: now + delayMs, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    move(ms) {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.fire();
      }
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const turns = async () => {
  for (let i = 0; i < 10; i++) await turn();
};

describe("the paced clock", () => {
  it("lets four milliseconds pass in one", async () => {
    const real = handClock();
    const clock = pacedClock(real, 4);
    const seen: number[] = [];
    clock.setTimer(8, () => seen.push(clock.now()));
    real.move(1.9);
    await turns();
    expect(seen).toEqual([]);
    real.move(0.1);
    await turns();
    expect(seen).toEqual([8]);
  });

  it("fires every timer at its own time and in order, however late it gets to it", async () => {
    const real = handClock();
    const clock = pacedClock(real, 4);
    const seen: string[] = [];
    clock.setTimer(10, () => {
      seen.push(`a ${clock.now()}`);
      clock.setTimer(5, () => seen.push(`b ${clock.now()}`));
    });
    clock.setTimer(12, () => seen.push(`c ${clock.now()}`));
    clock.setTimer(11, () => seen.push("cancelled"))();
    real.move(1000);
    await turns();
    expect(seen).toEqual(["a 10", "c 12", "b 15"]);
  });

  it("waits for what a timer has started before time goes on", async () => {
    const real = handClock();
    const clock = pacedClock(real, 1);
    const seen: string[] = [];
    clock.setTimer(1, async () => {
      await Promise.resolve();
      await Promise.resolve();
      clock.setTimer(1, () => seen.push("first"));
    });
    clock.setTimer(3, () => seen.push("second"));
    real.move(100);
    await turns();
    expect(seen).toEqual(["first", "second"]);
  });
});
