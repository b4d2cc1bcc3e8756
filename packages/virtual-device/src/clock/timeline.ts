/** The board's own time: either the injected clock's, or a time that never has to be waited for. @module */
import type { Clock } from "@flashwright/core";
import { platformTimer } from "./platform.js";

/** How fast the board's time goes. `unlimited`: no time passes anywhere; `line`: as on a real board, on the clock given. */
export const Pace = { unlimited: "unlimited", line: "line" } as const;
export type Pace = (typeof Pace)[keyof typeof Pace];

/** The time that the chip, its flash and the reset circuit live in. Milliseconds. */
export interface Timeline {
  /** Whether work and bytes take time. */
  readonly paced: boolean;
  now(): number;
  /** Calls `fire` when `delayMs` have passed; the returned function cancels that. */
  after(delayMs: number, fire: () => void): () => void;
  /** Unlimited pace: lets `ms` pass at once. With a paced timeline the caller has waited already and nothing happens. */
  skip(ms: number): void;
  /** Unlimited pace: everything that is on its way happens now, because the next thing from outside is here. */
  settle(): void;
}

/** Time as the injected clock gives it. */
export function pacedTimeline(clock: Clock): Timeline {
  return {
    paced: true,
    now: () => clock.now(),
    after: (delayMs, fire) => clock.setTimer(delayMs, fire),
    skip: () => {},
    settle: () => {},
  };
}

interface Pending {
  readonly at: number;
  readonly fire: () => void;
  readonly cancelTimer: () => void;
}

/**
 * Time that no one waits for. What is pending (the EN capacitor, in practice) happens at the first of: a wait in a line
 * sequence that is long enough, the next byte or button, or its delay on the host's clock; so lines set in two separate
 * calls meet the capacitor as they would on a real board.
 */
export class UnlimitedTimeline implements Timeline {
  readonly paced = false;
  readonly #clock: Clock | undefined;
  readonly #pending = new Set<Pending>();
  #now = 0;

  constructor(clock: Clock | undefined) {
    this.#clock = clock;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, fire: () => void): () => void {
    const at = this.#now + delayMs;
    const due = (): void => this.#passUntil(at);
    const cancelTimer = this.#clock?.setTimer(delayMs, due) ?? platformTimer(delayMs, due);
    const pending: Pending = { at, fire, cancelTimer };
    this.#pending.add(pending);
    return () => {
      cancelTimer();
      this.#pending.delete(pending);
    };
  }

  skip(ms: number): void {
    this.#passUntil(this.#now + ms);
  }

  settle(): void {
    for (const { at } of this.#pending) this.#passUntil(at);
  }

  #passUntil(end: number): void {
    for (;;) {
      let next: Pending | undefined;
      for (const event of this.#pending) if (event.at <= end && (!next || event.at < next.at)) next = event;
      if (next === undefined) break;
      this.#pending.delete(next);
      next.cancelTimer();
      this.#now = Math.max(this.#now, next.at);
      next.fire();
    }
    this.#now = Math.max(this.#now, end);
  }
}
