/** The computer's time, without loading a transport for it. @module */
import { performance } from "node:perf_hooks";
import type { Clock } from "@flashwright/core";

/** Milliseconds that never go back, and Node's timers. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
