/** One direction of a link in memory. @module */
import { joinBytes } from "./far-end.js";

/** Bytes that either direction holds before the sender has to wait. */
export const LINK_BYTES = 0x10000;

/** One direction: a queue that a sender waits for while it is full. */
export class Pipe {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #turn: (() => void)[] = [];
  broken = false;

  get size(): number {
    return this.#size;
  }

  async put(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += LINK_BYTES) {
      while (this.#size >= LINK_BYTES && !this.broken) await this.turn();
      if (this.broken) return;
      const piece = bytes.slice(at, at + LINK_BYTES);
      this.#chunks.push(piece);
      this.#size += piece.length;
      this.wake();
    }
  }

  /** All that waits, or its first `limit` bytes. */
  take(limit = Number.POSITIVE_INFINITY): Uint8Array {
    const all = joinBytes(this.#chunks);
    const rest = all.subarray(limit);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#size = rest.length;
    this.wake();
    return all.subarray(0, limit);
  }

  /** Resolves at the next change. */
  turn(): Promise<void> {
    return new Promise((resolve) => this.#turn.push(resolve));
  }

  wake(): void {
    const waiting = this.#turn;
    this.#turn = [];
    for (const resolve of waiting) resolve();
  }
}
