import { performance } from "node:perf_hooks";
import type { Clock } from "@flashwright/core";

/** The time of this computer: `performance.now`, which never goes back, and Node's timers. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
