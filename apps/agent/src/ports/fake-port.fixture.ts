/** A port that is a list of what it was told. @module */
import type { Transport, TransportEnd } from "@flashwright/core";

/** A `Transport` for tests. Calls in `stuck` stay pending until the end. */
export class FakePort implements Transport {
  readonly label = "/dev/ttyUSB0";
  readonly capabilities = { lines: "dtr-rts", baudRate: "any" } as const;
  readonly closed: Promise<TransportEnd>;
  readonly seen: string[] = [];
  readonly stuck = new Set<string>();
  /** What the next call of that name fails with. */
  readonly failing = new Map<string, Error>();
  #reader: ((bytes: Uint8Array | undefined) => void) | undefined;
  readonly #waiting: Uint8Array[] = [];
  #isOver = false;
  #resolveClosed!: (end: TransportEnd) => void;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** The board says something. */
  say(bytes: Uint8Array): void {
    if (this.#reader === undefined) this.#waiting.push(bytes);
    else this.#answer(bytes);
  }

  end(end: TransportEnd): void {
    this.#isOver = true;
    this.#answer(undefined);
    this.#resolveClosed(end);
  }

  async read(): Promise<Uint8Array | undefined> {
    const next = this.#waiting.shift();
    if (next !== undefined || this.#isOver) return next;
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  write = (bytes: Uint8Array) => this.#call("write", bytes.length);
  drain = () => this.#call("drain");
  discard = () => this.#call("discard");
  signal = (steps: unknown) => this.#call("signal", JSON.stringify(steps));
  setBaudRate = (baudRate: number) => this.#call("baud", baudRate);

  async close(): Promise<void> {
    await this.#call("close");
    this.end({ reason: "closed" });
  }

  abort(): void {
    this.end({ reason: "closed" });
  }

  async #call(name: string, ...words: unknown[]): Promise<void> {
    this.seen.push([name, ...words].join(" "));
    const error = this.failing.get(name);
    this.failing.delete(name);
    if (error !== undefined) throw error;
    if (this.stuck.has(name)) await this.closed;
  }

  #answer(bytes: Uint8Array | undefined): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.(bytes);
  }
}
