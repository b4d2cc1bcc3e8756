/** Simulated time at a pace that a person can watch. @module */
import type { Clock } from "@flashwright/core";

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/**
 * A clock for a simulation, on which `speed` milliseconds pass in each one of `real`.
 *
 * Time stands still while the simulation works, and a timer fires exactly at its time: neither a slow computer nor the
 * coarse timers of the system change what happens, only when it is seen.
 */
export function pacedClock(real: Clock, speed: number): Clock {
  const timers: Timer[] = [];
  const start = real.now();
  let now = 0;
  let cancelNext = () => {};

  function fireNext(): void {
    const next = timers.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.fire();
    plan();
  }

  /** One timer a turn: what it has started comes to its end, or to timers of its own, before time goes on. */
  function plan(): void {
    cancelNext();
    if (timers.length === 0) return;
    const delayMs = timers[0].at / speed - (real.now() - start);
    cancelNext = delayMs > 0 ? real.setTimer(delayMs, fireNext) : nextTurn(fireNext);
  }

  return {
    now: () => now,
    setTimer(delayMs, fire) {
      const timer = { at: now + Math.max(0, delayMs), fire };
      const behind = timers.findIndex(({ at }) => at > timer.at);
      timers.splice(behind === -1 ? timers.length : behind, 0, timer);
      plan();
      return () => {
        const index = timers.indexOf(timer);
        if (index !== -1) timers.splice(index, 1);
      };
    },
  };
}

function nextTurn(run: () => void): () => void {
  const immediate = setImmediate(run);
  return () => clearImmediate(immediate);
}
