/** The UART's edge counter, with which the ROM measures the host's rate. @module */

import { BITS_PER_BYTE, frameBits } from "./line-rate.js";
import type { Receiver } from "./uart.js";

/** The ROM takes its measurement when more edges than this have been counted. */
const EDGES_WANTED = 29;

/** The ROM looks at the counter once in this time. */
export const POLL_MS = 1;

/**
 * Counts edges and the shortest low and high pulse, in cycles of the UART clock.
 *
 * In unlimited pace no clock tells when the ROM looks next, so the bytes themselves do: it looks one full millisecond of
 * line time after the last edge that it needed, the latest moment at which it can. What is left of the write after that
 * is received at the new rate; a write that ends earlier is all spent on the measurement.
 */
export class AutobaudUnit implements Receiver {
  readonly raw = true;
  readonly #clockHz: number;
  readonly #paced: boolean;
  readonly #wake: () => void;
  #edges = 0;
  #shortestLow = Number.POSITIVE_INFINITY;
  #shortestHigh = Number.POSITIVE_INFINITY;

  constructor(clockHz: number, paced: boolean, wake: () => void) {
    this.#clockHz = clockHz;
    this.#paced = paced;
    this.#wake = wake;
  }

  /** Whether there are enough edges for a measurement. */
  get ready(): boolean {
    return this.#edges > EDGES_WANTED;
  }

  /** Cycles per bit, as measured. */
  get divisor(): number {
    return Math.max(1, Math.floor((this.#shortestLow + this.#shortestHigh) / 2));
  }

  accept(bytes: Uint8Array, from: number, baudRate: number): number {
    let at = from;
    while (at < bytes.length && !this.ready) this.#count(bytes, at++, baudRate);
    if (this.#paced) {
      while (at < bytes.length) this.#count(bytes, at++, baudRate);
    } else if (this.ready) {
      const end = Math.min(bytes.length, at + Math.ceil((POLL_MS * baudRate) / (BITS_PER_BYTE * 1000)));
      while (at < end) this.#count(bytes, at++, baudRate);
    }
    this.#wake();
    return at;
  }

  #count(bytes: Uint8Array, at: number, baudRate: number): void {
    const bits = frameBits(bytes[at]!);
    const cycles = this.#clockHz / baudRate;
    let run = 0;
    for (let bit = 0; bit < BITS_PER_BYTE; bit++) {
      run++;
      const level = (bits >> bit) & 1;
      const isLast = bit === BITS_PER_BYTE - 1;
      if (!isLast && level === ((bits >> (bit + 1)) & 1)) continue;
      this.#edges++;
      if (level === 0) this.#shortestLow = Math.min(this.#shortestLow, run * cycles);
      else if (!isLast || at + 1 < bytes.length)
        this.#shortestHigh = Math.min(this.#shortestHigh, run * cycles);
      run = 0;
    }
  }
}
