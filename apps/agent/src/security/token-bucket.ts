/** A rate that may be exceeded for a moment. @module */
import type { Clock } from "@flashwright/core";

/** So many at once, and so many a second afterwards. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Counts what is taken against a rate. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #rate: Rate;
  #left: number;
  #at: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#left = rate.burst;
    this.#at = clock.now();
  }

  /** Takes one, where one is left. */
  take(): boolean {
    const { burst, perSecond } = this.#rate;
    const now = this.#clock.now();
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
