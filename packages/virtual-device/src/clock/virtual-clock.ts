/** A clock whose time passes only when nothing else is left to do. @module */
import type { Clock } from "@flashwright/core";
import { nextTurn } from "./platform.js";

/** A virtual clock. Timers fire in order of their time, those of the same time in order of their setting. */
export interface VirtualClock extends Clock {
  /** Timers that are set and have neither fired nor been cancelled. */
  readonly pendingTimers: number;
  /** Lets `ms` pass now, firing what falls due, and returns when that is done. Promises are not awaited in between. */
  advance(ms: number): void;
  /** Stops or resumes jumping to the next timer by itself. */
  setAutoAdvance(enabled: boolean): void;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
  cancelled: boolean;
}

/**
 * Makes a virtual clock that starts at 0 ms.
 *
 * By itself it jumps to the next timer whenever microtasks have drained and the event loop has turned once without
 * setting an earlier one, so a wait of 120 s costs a few microseconds. Work that it cannot see, such as real sockets and
 * files, does not hold time back: switch `autoAdvance` off around it.
 */
export function createVirtualClock(options: { readonly autoAdvance?: boolean } = {}): VirtualClock {
  return new AutoClock(options.autoAdvance ?? true);
}

class AutoClock implements VirtualClock {
  #now = 0;
  #order = 0;
  #jumpPlanned = false;
  #live = 0;
  readonly #heap: Timer[] = [];
  #autoAdvance: boolean;

  constructor(autoAdvance: boolean) {
    this.#autoAdvance = autoAdvance;
  }

  get pendingTimers(): number {
    return this.#live;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delayMs: number, fire: () => void): () => void {
    const timer: Timer = {
      at: this.#now + Math.max(0, delayMs),
      order: this.#order++,
      fire,
      cancelled: false,
    };
    this.#push(timer);
    this.#live++;
    this.#planJump();
    return () => {
      if (timer.cancelled) return;
      timer.cancelled = true;
      this.#live--;
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#peek(); next !== undefined && next.at <= end; next = this.#peek()) this.#fireNext();
    this.#now = Math.max(this.#now, end);
  }

  setAutoAdvance(enabled: boolean): void {
    this.#autoAdvance = enabled;
    if (enabled) this.#planJump();
  }

  #planJump(): void {
    if (this.#jumpPlanned || !this.#autoAdvance || this.#live === 0) return;
    this.#jumpPlanned = true;
    nextTurn(() => {
      this.#jumpPlanned = false;
      if (!this.#autoAdvance) return;
      try {
        this.#fireNext();
      } finally {
        this.#planJump();
      }
    });
  }

  #fireNext(): void {
    if (this.#peek() === undefined) return;
    const timer = this.#pop();
    this.#now = Math.max(this.#now, timer.at);
    timer.cancelled = true;
    this.#live--;
    timer.fire();
  }

  /** The next timer that still counts; cancelled ones on the way are dropped. */
  #peek(): Timer | undefined {
    while (this.#heap[0]?.cancelled) this.#pop();
    return this.#heap[0];
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(timer);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isEarlier(timer, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isEarlier(heap[child + 1]!, heap[child]!)) child++;
      if (!isEarlier(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function isEarlier(a: Timer, b: Timer): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
