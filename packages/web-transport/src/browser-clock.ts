/** The time of the browser, in a page and in a worker. @module */
import type { Clock } from "@flashwright/core";

/**
 * `performance.now`, which never goes back, and the timers of the global scope.
 *
 * In a page that nobody looks at, browsers fire timers once a second, and after some minutes once a minute; in a worker
 * they come in time. A late timer only makes a deadline or the wait within a reset longer: nothing on the way of the data
 * waits for one.
 */
export const browserClock: Clock = {
  now: () => performance.now(),
  setTimer(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
};
