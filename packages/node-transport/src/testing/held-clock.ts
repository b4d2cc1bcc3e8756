/** Time for tests, which goes on only when it is told to. @module */
import type { Clock } from "@flashwright/core";

/** A clock that stands still between calls of `advance`. */
export class HeldClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly due: number; readonly fire: () => void }>();

  get pendingTimers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    const timer = { due: this.#now + delayMs, fire };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves on by `ms` milliseconds and fires what falls due, earliest first. */
  advance(ms: number): void {
    this.#now += ms;
    const due = [...this.#timers]
      .filter((timer) => timer.due <= this.#now)
      .sort((one, other) => one.due - other.due);
    for (const timer of due) if (this.#timers.delete(timer)) timer.fire();
  }
}
