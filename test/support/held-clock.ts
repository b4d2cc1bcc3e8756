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

  /** Moves on by `ms` milliseconds, from timer to timer, those too that are set on the way. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.due;
      next.fire();
    }
    this.#now = end;
  }

  /** Lets time pass without anything that was due in it: the computer slept. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** So much time passes at once: what fell due meanwhile fires once, late. */
  leap(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.due <= this.#now && this.#timers.delete(timer)) timer.fire();
    }
  }
}
