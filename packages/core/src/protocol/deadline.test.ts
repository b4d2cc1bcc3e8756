import { describe, expect, it } from "vitest";
import type { Clock } from "../transport.js";
import { sleep, throwIfAborted, Waiter, within } from "./deadline.js";

/** A clock whose timers fire only when told, and which knows how many are set. */
function handClock() {
  const timers = new Set<{ readonly delayMs: number; readonly fire: () => void }>();
  const clock: Clock = {
    now: () => 0,
    setTimer(delayMs, fire) {
      const timer = { delayMs, fire };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const fireAll = () => {
    for (const timer of timers) {
      timers.delete(timer);
      timer.fire();
    }
  };
  return { clock, fireAll, delays: () => [...timers].map(({ delayMs }) => delayMs) };
}

describe("a waiter", () => {
  it("settles once and lets go of its timer", async () => {
    const { clock, delays } = handClock();
    const waiter = new Waiter<number>().failAfter(clock, 5, () => "late");
    expect(delays()).toEqual([5]);
    waiter.resolve(1);
    waiter.resolve(2);
    waiter.reject("too late");
    expect(delays()).toEqual([]);
    expect(await waiter.promise).toBe(1);
  });

  it("fails with the signal's reason, also where it was aborted before", async () => {
    const controller = new AbortController();
    const waiter = new Waiter<void>().failOnAbort(controller.signal);
    controller.abort("stop");
    await expect(waiter.promise).rejects.toBe("stop");
    await expect(new Waiter<void>().failOnAbort(controller.signal).promise).rejects.toBe("stop");
  });

  it("may fail when nobody waits for it any more", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    new Waiter<void>().reject(new Error("nobody is there"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });
});

describe("waiting for something else", () => {
  it("ends with the deadline's error, and what it waited for goes on unobserved", async () => {
    const { clock, fireAll } = handClock();
    let fail = (_: unknown) => {};
    const slow = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const waited = within(slow, clock, 10, () => "late");
    fireAll();
    await expect(waited).rejects.toBe("late");
    fail("later still");
  });

  it("sleeps until the timer fires or the signal aborts, and then sets no timer", async () => {
    const { clock, fireAll, delays } = handClock();
    const slept = sleep(clock, 20);
    expect(delays()).toEqual([20]);
    fireAll();
    await slept;
    const controller = new AbortController();
    const disturbed = sleep(clock, 20, controller.signal);
    controller.abort("up");
    await expect(disturbed).rejects.toBe("up");
    expect(delays()).toEqual([]);
    expect(() => throwIfAborted(controller.signal)).toThrow("up");
  });
});
