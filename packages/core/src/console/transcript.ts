/**
 * Both directions of a console: what is typed, at a pace that the board can take, and what comes back.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { latin1 } from "../latin1.js";
import { sleep, throwIfAborted, Waiter } from "../protocol/deadline.js";
import type { AbortSignalLike, Clock, Transport } from "../transport.js";

/** What a transcript needs besides a transport. */
export interface TranscriptOptions {
  /** Sees everything that comes, before anything else is done with it. */
  readonly onBytes?: ((bytes: Uint8Array) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** Characters that are kept; what a person has to wait for is far less. */
const LONGEST = 0x4_0000;
/**
 * Bytes that are typed at once, and the pause in milliseconds behind them. The firmware's buffer is of 500 bytes, what finds
 * it full is dropped without a word, and no line of the UART says so.
 */
const BURST = 64;
const PAUSE_MS = 10;
const XON = "\x11";
const XOFF = "\x13";
/** How long a board may hold back what is typed. */
const LONGEST_HOLD_MS = 10_000;

/** The reader of a transport. Nothing else may read from it until it ends. */
export class Transcript {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #options: TranscriptOptions;
  #text = "";
  #held = false;
  #ended = false;
  #waiting: Waiter<void> | undefined;

  constructor(transport: Transport, clock: Clock, options: TranscriptOptions = {}) {
    this.#transport = transport;
    this.#clock = clock;
    this.#options = options;
    void this.#readAll();
  }

  get label(): string {
    return this.#transport.label;
  }

  get clock(): Clock {
    return this.#clock;
  }

  /** What came since the last `forget`, one character a byte; of very much the latest. */
  get text(): string {
    return this.#text;
  }

  /** What has come is seen; `text` begins anew. */
  forget(): void {
    this.#text = "";
  }

  /**
   * Waits for something in `text`.
   * @param find called now and whenever something has come, until it finds
   * @param idleMs milliseconds without a byte after which it gives up
   * @param mostMs milliseconds after which it gives up whatever comes: a program that prints all the time is never idle
   * @returns what was found; `undefined` where nothing was
   * @throws FlasherError `port-lost`, `port-closed`; the signal's reason
   */
  async until<T>(
    find: (text: string) => T | undefined,
    idleMs: number,
    mostMs: number,
  ): Promise<T | undefined> {
    const end = this.#clock.now() + mostMs;
    for (;;) {
      const found = find(this.#text);
      if (found !== undefined) return found;
      const left = end - this.#clock.now();
      if (left <= 0 || !(await this.#more(Math.min(idleMs, left)))) return undefined;
    }
  }

  /**
   * Types bytes, with pauses in which the board empties its buffer, and stops for as long as it asks for that by XOFF.
   * @throws FlasherError `port-lost`, `port-closed`; the signal's reason
   */
  async type(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += BURST) {
      throwIfAborted(this.#options.signal);
      const heldSince = this.#clock.now();
      while (this.#held && this.#clock.now() - heldSince < LONGEST_HOLD_MS) {
        await this.#more(LONGEST_HOLD_MS);
      }
      // One that never says to go on means nothing by it.
      this.#held = false;
      await this.#transport.write(bytes.subarray(at, at + BURST));
      await this.#transport.drain();
      if (at + BURST < bytes.length) await sleep(this.#clock, PAUSE_MS, this.#options.signal);
    }
  }

  /** Whether something came within `idleMs`. */
  async #more(idleMs: number): Promise<boolean> {
    if (this.#ended) throw await this.#endError();
    const waiter = new Waiter<void>().failOnAbort(this.#options.signal);
    this.#waiting = waiter;
    let late = false;
    const cancel = this.#clock.setTimer(idleMs, () => {
      late = true;
      waiter.resolve();
    });
    try {
      await waiter.promise;
    } finally {
      cancel();
    }
    if (this.#ended) throw await this.#endError();
    return !late;
  }

  async #endError(): Promise<FlasherError> {
    const { reason } = await this.#transport.closed;
    return new FlasherError(reason === "lost" ? "port-lost" : "port-closed", { label: this.label });
  }

  async #readAll(): Promise<void> {
    for (;;) {
      const bytes = await this.#transport.read().catch(() => undefined);
      if (bytes === undefined) break;
      this.#options.onBytes?.(bytes);
      this.#receive(latin1(bytes));
    }
    this.#ended = true;
    this.#waiting?.resolve();
  }

  #receive(text: string): void {
    const last = Math.max(text.lastIndexOf(XON), text.lastIndexOf(XOFF));
    if (last >= 0) this.#held = text[last] === XOFF;
    this.#text = (this.#text + text.replaceAll(XON, "").replaceAll(XOFF, "")).slice(-LONGEST);
    this.#waiting?.resolve();
  }
}
