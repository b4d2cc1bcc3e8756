/** Time from the platform, for windows and workers. @module */
import type { Clock } from "@flashwright/core";

/** Milliseconds since the page was opened. */
export const platformClock: Clock = {
  now: () => performance.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
