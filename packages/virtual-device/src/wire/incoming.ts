/** The line from the chip to the host. @module */
import { lineMs } from "../chip/line-rate.js";
import type { UartWire } from "../chip/uart.js";
import type { Timeline } from "../clock/timeline.js";

interface Chunk {
  readonly bytes: Uint8Array;
  readonly baudRate: number;
  /** When its last byte has arrived at the host. */
  readonly at: number;
}

/** Bytes that become readable at a time in line pace. */
const CHUNK = 64;

/** Sends at line pace, in chunks that become readable when their last byte has arrived; or at once when nothing takes time. */
export class IncomingLine implements UartWire {
  readonly #timeline: Timeline;
  readonly #delayMs: number;
  readonly #deliver: (bytes: Uint8Array, baudRate: number) => void;
  readonly #queue: Chunk[] = [];
  #freeAt = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(timeline: Timeline, delayMs: number, deliver: (bytes: Uint8Array, baudRate: number) => void) {
    this.#timeline = timeline;
    this.#delayMs = delayMs;
    this.#deliver = deliver;
  }

  send(bytes: Uint8Array, baudRate: number, time: number): number {
    if (!this.#timeline.paced) {
      this.#deliver(bytes, baudRate);
      return time;
    }
    let at = Math.max(time, this.#freeAt);
    for (let from = 0; from < bytes.length; from += CHUNK) {
      const chunk = bytes.subarray(from, from + CHUNK);
      at += lineMs(chunk.length, baudRate);
      this.#queue.push({ bytes: chunk, baudRate, at: at + this.#delayMs });
    }
    this.#freeAt = at;
    this.#arm();
    return at;
  }

  stop(): void {
    const now = this.#timeline.now();
    const left = this.#queue.findIndex((chunk) => chunk.at - this.#delayMs > now);
    if (left >= 0) this.#queue.length = left;
    this.#freeAt = now;
  }

  #arm(): void {
    const next = this.#queue[0];
    if (next === undefined || this.#cancelTimer !== undefined) return;
    this.#cancelTimer = this.#timeline.after(Math.max(0, next.at - this.#timeline.now()), () => {
      this.#cancelTimer = undefined;
      const now = this.#timeline.now();
      while (this.#queue[0] !== undefined && this.#queue[0].at <= now) {
        const { bytes, baudRate } = this.#queue.shift()!;
        this.#deliver(bytes, baudRate);
      }
      this.#arm();
    });
  }
}
