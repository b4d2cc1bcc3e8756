/** The processor: runs one program at a time and lets its work take time. @module */
import type { Timeline } from "../clock/timeline.js";

/**
 * A program on the chip. It yields the milliseconds that it has just worked or waited, or `undefined` to sleep until
 * `Cpu.wake`; it returns the program that it jumps to, or `undefined` when the processor hangs there.
 *
 * A sleeping program looks again at what it waits for when it wakes: a wake-up says only that something has happened.
 */
export type Program = Generator<number | undefined, Program | undefined, void>;

/** A part of a program that gives a result: called with `yield*`. */
export type Routine<Result> = Generator<number | undefined, Result, void>;

/** An exception of the processor, such as 9 (unaligned load or store) or 28 (load from an unmapped address). */
export class CpuException extends Error {
  override readonly cause: number;
  readonly address: number;

  constructor(cause: number, address: number) {
    super(`exception ${cause} at 0x${address.toString(16)}`);
    this.cause = cause;
    this.address = address;
  }
}

/** What becomes of a program that throws: the program to go on with, or `undefined` for none. */
export type ThrowHandler = (error: unknown) => Program | undefined;

/** Runs programs in the board's time. In unlimited pace a program runs on until it sleeps. */
export class Cpu {
  readonly #timeline: Timeline;
  readonly #onThrow: ThrowHandler;
  #program: Program | undefined;
  #running = false;
  #woken = false;
  #asleep = false;
  #cancelTimer: (() => void) | undefined;
  /** The moment up to which work has been done. */
  #time = 0;
  /** When that happened which is being told just now. */
  #eventTime: number | undefined;

  constructor(timeline: Timeline, onThrow: ThrowHandler) {
    this.#timeline = timeline;
    this.#onThrow = onThrow;
  }

  /** The moment at which the running program stands, in the board's milliseconds. */
  get time(): number {
    return this.#timeline.paced ? this.#time : this.#timeline.now();
  }

  /** Whether the program sleeps (or there is none), so that what arrives is looked at when it arrives. */
  get idle(): boolean {
    return this.#asleep || this.#program === undefined;
  }

  /** Drops what runs and starts `program`, or stops for good. Also from inside a program, which then ends at its next yield. */
  start(program: Program | undefined): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#program = program;
    this.#time = this.#timeline.now();
    this.#asleep = false;
    this.#woken = false;
    if (!this.#running) this.#run();
  }

  /** Something has happened that a sleeping program may wait for. */
  wake(): void {
    this.#woken = true;
    if (!this.#asleep || this.#running) return;
    this.#time = Math.max(this.#time, this.#eventTime ?? this.#timeline.now());
    this.#run();
  }

  /**
   * Tells the chip of something that happened at `time`, which may be a while ago when the host's timers come late: work
   * that was due before is done first, so that lateness never looks like a busy chip.
   */
  happen(time: number, event: () => void): void {
    if (this.#cancelTimer !== undefined && this.#time <= this.#timeline.now()) {
      this.#cancelTimer();
      this.#cancelTimer = undefined;
      this.#run();
    }
    this.#eventTime = time;
    try {
      event();
    } finally {
      this.#eventTime = undefined;
    }
  }

  #run(): void {
    this.#running = true;
    this.#asleep = false;
    try {
      while (this.#program !== undefined && this.#step(this.#program));
    } finally {
      this.#running = false;
    }
  }

  /** One step; false when there is nothing to do until a timer or a wake-up. */
  #step(program: Program): boolean {
    let result: IteratorResult<number | undefined, Program | undefined>;
    try {
      this.#woken = false;
      result = program.next();
    } catch (error) {
      const next = this.#onThrow(error);
      if (this.#program === program) this.#program = next;
      return true;
    }
    if (this.#program !== program) return true;
    if (result.done) {
      this.#program = result.value;
      return true;
    }
    if (result.value !== undefined) return this.#spend(result.value);
    if (this.#woken) return true;
    this.#asleep = true;
    return false;
  }

  #spend(ms: number): boolean {
    if (!this.#timeline.paced) return true;
    this.#time += ms;
    const early = this.#time - this.#timeline.now();
    if (early <= 0) return true;
    this.#cancelTimer = this.#timeline.after(early, () => {
      this.#cancelTimer = undefined;
      this.#run();
    });
    return false;
  }
}
