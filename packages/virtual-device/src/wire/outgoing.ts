/** The line from the host to the chip: bytes, modem lines and rate changes in the order in which they were asked for. @module */
import type { SignalStep } from "@flashwright/core";
import { lineMs } from "../chip/line-rate.js";
import type { Timeline } from "../clock/timeline.js";
import type { WireOptions } from "../virtual-board.js";

/** Bytes at the chip's receive pin. */
export interface Arrival {
  readonly bytes: Uint8Array;
  readonly baudRate: number;
  /** The line was idle before them. */
  readonly isBurst: boolean;
  /** When the last of them arrived, in the board's milliseconds; not after now. */
  readonly time: number;
}

/** The far end. */
export interface OutgoingEvents {
  onBytes(arrival: Arrival): void;
  onLines(lines: { readonly dtr?: boolean | undefined; readonly rts?: boolean | undefined }): void;
  /** The line to the chip is held low from now on, or let go. */
  onBreak(on: boolean): void;
  /** What the faults make of bytes that leave; `delayMs` stalls the line before them. */
  disturb(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly delayMs: number };
  /** Waits for faults, which take time at every pace. */
  stall(ms: number, then: () => void): void;
}

type Operation = (done: () => void) => void;

/** Bytes that the operating system takes ahead of the line. */
const HOST_BUFFER = 4096;
/** Bytes that reach the chip at a time in line pace, at most: as many as its FIFO hands over at once. */
const CHUNK = 32;
/** And never more than this much line time, so that the chip sees bytes when they arrive. */
const CHUNK_MS = 0.5;

/** Runs operations one after the other. In unlimited pace each is over before the call that asked for it returns. */
export class OutgoingLine {
  readonly #timeline: Timeline;
  readonly #wire: WireOptions;
  readonly #delayMs: number;
  /** RTS that waits for the next DTR. */
  #heldRts: boolean | undefined;
  readonly #events: OutgoingEvents;
  readonly #operations: Operation[] = [];
  readonly #waiting: { readonly atMost: number; readonly resume: () => void }[] = [];
  #running = false;
  #stopped = false;
  #queuedBytes = 0;
  #lineTime = 0;
  #cancelTimer: (() => void) | undefined;
  #baudRate: number;

  constructor(timeline: Timeline, wire: WireOptions, baudRate: number, events: OutgoingEvents) {
    this.#timeline = timeline;
    this.#wire = wire;
    this.#delayMs = wire.oneWayDelayMs ?? 0;
    this.#baudRate = baudRate;
    this.#events = events;
  }

  /** The host's rate once everything asked for has been done; its receiver uses it too. */
  get baudRate(): number {
    return this.#baudRate;
  }

  /** Queues a copy of `bytes`; `handedOver` is called when the host's buffer has room for what is left of them. */
  write(bytes: Uint8Array, handedOver: () => void): void {
    const copy = this.#timeline.paced || this.#running ? bytes.slice() : bytes;
    this.#queuedBytes += copy.length;
    this.#waiting.push({ atMost: HOST_BUFFER, resume: handedOver });
    this.#push((done) => this.#transmit(copy, done));
    this.#resumeWriters();
  }

  /** Calls `then` when everything asked for so far has been done. */
  afterAll(then: () => void): void {
    this.#push((done) => {
      then();
      done();
    });
  }

  /** Sets the lines, step by step. */
  signal(steps: readonly SignalStep[], then: () => void): void {
    for (const step of steps) {
      this.#push((done) => this.#step(step, done));
    }
    this.afterAll(then);
  }

  /** Changes the rate behind everything written so far. */
  setBaudRate(baudRate: number, then: () => void): void {
    this.#push((done) => {
      this.#baudRate = baudRate;
      done();
    });
    this.afterAll(then);
  }

  /** Drops what has not left yet. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#operations.length = 0;
  }

  #push(operation: Operation): void {
    if (this.#stopped) return;
    this.#operations.push(operation);
    this.#pump();
  }

  #pump(): void {
    while (!this.#running && !this.#stopped) {
      const operation = this.#operations.shift();
      if (operation === undefined) return;
      this.#running = true;
      operation(() => {
        this.#running = false;
        this.#pump();
      });
    }
  }

  #transmit(bytes: Uint8Array, done: () => void): void {
    const now = this.#timeline.now();
    const isBurst = !this.#timeline.paced || now > this.#lineTime;
    this.#lineTime = Math.max(this.#lineTime, now);
    this.#transmitFrom(bytes, 0, isBurst, done);
  }

  /** Chunk by chunk, each when its last byte is out; what is due already, because a timer came late, without a wait. */
  #transmitFrom(bytes: Uint8Array, start: number, startsBurst: boolean, done: () => void): void {
    let isBurst = startsBurst;
    for (let from = start; from < bytes.length; isBurst = false) {
      if (this.#stopped) return;
      const chunk = this.#timeline.paced ? bytes.subarray(from, from + chunkBytes(this.#baudRate)) : bytes;
      if (this.#timeline.paced) this.#lineTime += lineMs(chunk.length, this.#baudRate);
      from += chunk.length;
      const wait = this.#timeline.paced ? this.#lineTime - this.#timeline.now() : 0;
      const isFirst = isBurst;
      const next = from;
      const goOn = (): void => this.#transmitFrom(bytes, next, false, done);
      if (wait > 0) {
        this.#wait(wait, () => {
          if (this.#leave(chunk, isFirst, goOn)) goOn();
        });
        return;
      }
      if (!this.#leave(chunk, isFirst, goOn)) return;
    }
    done();
  }

  /** Lets bytes go; false when a fault stalls the line first, and `then` is called when it is over. */
  #leave(bytes: Uint8Array, isBurst: boolean, then: () => void): boolean {
    const passed = this.#events.disturb(bytes);
    if (passed.delayMs === 0) {
      this.#makeRoom(bytes.length);
      this.#arrive(passed.bytes, isBurst);
      return true;
    }
    this.#events.stall(passed.delayMs, () => {
      if (this.#stopped) return;
      this.#makeRoom(bytes.length);
      this.#lineTime = Math.max(this.#lineTime, this.#timeline.now());
      this.#arrive(passed.bytes, true);
      then();
    });
    return false;
  }

  #arrive(bytes: Uint8Array, isBurst: boolean): void {
    if (bytes.length === 0) return;
    const baudRate = this.#baudRate;
    const time = (this.#timeline.paced ? this.#lineTime : this.#timeline.now()) + this.#delayMs;
    this.#delayed(() => this.#events.onBytes({ bytes, baudRate, isBurst, time }));
  }

  #step({ dtr, rts, brk, waitMs = 0 }: SignalStep, done: () => void): void {
    const { lineGapMs = 0 } = this.#wire;
    if (brk !== undefined) this.#delayed(() => this.#events.onBreak(brk));
    if (lineGapMs === 0 || dtr === undefined || rts === undefined) {
      this.#setLines({ dtr, rts });
      this.#pause(waitMs, done);
      return;
    }
    this.#setLines({ rts });
    this.#pause(lineGapMs, () => {
      this.#setLines({ dtr });
      this.#pause(waitMs, done);
    });
  }

  #setLines({ dtr, rts }: SignalStep): void {
    if (this.#wire.rtsWithDtr) {
      this.#heldRts = rts ?? this.#heldRts;
      if (dtr === undefined) return;
      const held = this.#heldRts;
      this.#delayed(() => this.#events.onLines({ dtr, rts: held }));
      return;
    }
    if (dtr !== undefined || rts !== undefined) this.#delayed(() => this.#events.onLines({ dtr, rts }));
  }

  /** Nobody waits in unlimited pace; what the board does by itself in that time happens. */
  #pause(ms: number, then: () => void): void {
    if (this.#timeline.paced) {
      this.#wait(ms, then);
      return;
    }
    this.#timeline.skip(ms);
    then();
  }

  /** The way to the chip takes its delay; order is kept because it is always the same. */
  #delayed(arrive: () => void): void {
    if (this.#delayMs === 0) {
      arrive();
      return;
    }
    this.#timeline.after(this.#delayMs, arrive);
  }

  #wait(ms: number, then: () => void): void {
    if (ms <= 0) {
      then();
      return;
    }
    this.#cancelTimer = this.#timeline.after(ms, then);
  }

  /** Bytes are out of the host's buffer; during a stall they are still in it, and hold the writer back. */
  #makeRoom(bytes: number): void {
    this.#queuedBytes -= bytes;
    this.#resumeWriters();
  }

  #resumeWriters(): void {
    while (this.#waiting[0] !== undefined && this.#queuedBytes <= this.#waiting[0].atMost) {
      this.#waiting.shift()!.resume();
    }
  }
}

function chunkBytes(baudRate: number): number {
  return Math.max(1, Math.min(CHUNK, Math.floor((CHUNK_MS * baudRate) / 10_000)));
}
