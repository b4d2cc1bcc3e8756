/** What is typed, at a pace that a board can take. @module */
import { type Clock, sleep, type Transport } from "@flashwright/core";

/**
 * Bytes that are typed at once, and milliseconds between them: a firmware's buffer holds a few hundred bytes, and what finds it
 * full is dropped without a word.
 */
const BURST = 64;
const PAUSE_MS = 10;
const XON = 0x11;
const XOFF = 0x13;
/** How long a board may hold back what is typed. */
const LONGEST_HOLD_MS = 10_000;
const LOOK_MS = 20;

/** Types one text after the other. */
export class ConsoleWriter {
  #queue: Promise<void> = Promise.resolve();
  #isHeld = false;

  constructor(
    readonly transport: Transport,
    readonly clock: Clock,
  ) {}

  /** Looks for XOFF and XON in what the board says. */
  hear(chunk: Uint8Array): void {
    const [on, off] = [chunk.lastIndexOf(XON), chunk.lastIndexOf(XOFF)];
    if (on >= 0 || off >= 0) this.#isHeld = off > on;
  }

  /** @throws FlasherError those of writing */
  type(bytes: Uint8Array): Promise<void> {
    const typed = this.#queue.then(() => this.#type(bytes));
    // A failure belongs to the text that it met.
    this.#queue = typed.catch(() => {});
    return typed;
  }

  async #type(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += BURST) {
      await this.#permission();
      await this.transport.write(bytes.subarray(at, at + BURST));
      if (at + BURST < bytes.length) await sleep(this.clock, PAUSE_MS);
    }
  }

  async #permission(): Promise<void> {
    const since = this.clock.now();
    while (this.#isHeld && this.clock.now() - since < LONGEST_HOLD_MS) await sleep(this.clock, LOOK_MS);
    // One that never says to go on means nothing by it.
    this.#isHeld = false;
  }
}
