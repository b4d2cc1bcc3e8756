/** For tests of the servers: a transport that records what reaches the board, and that sends what the test says. @module */
import type { SignalStep, Transport, TransportCapabilities, TransportEnd } from "@flashwright/core";

/** What a fake board saw, in order; neighbouring writes are one. */
export type Seen =
  | { readonly write: readonly number[] }
  | { readonly baudRate: number }
  | { readonly signal: SignalStep }
  | { readonly discard: true }
  | { readonly end: "close" | "abort" };

/** Bytes; no divisor of any buffer's size. */
const CHUNK_SIZE = 10_000;

/** A board that keeps no secrets. */
export class FakeBoard implements Transport {
  readonly label = "fake board";
  readonly seen: Seen[] = [];
  readonly closed: Promise<TransportEnd>;
  /** Called with every write; may pend, to hold the server back. */
  onWrite: (bytes: Uint8Array) => void | Promise<void> = () => {};
  /** Off for megabytes. */
  recordsWrites = true;
  /** Rates that the board refuses. */
  refusedRates: readonly number[] = [];
  private resolveClosed!: (end: TransportEnd) => void;
  private readonly received: Uint8Array[] = [];
  private wake: (() => void) | undefined;
  private ended = false;
  private rejectPending: ((error: Error) => void) | undefined;

  constructor(readonly capabilities: TransportCapabilities = { lines: "dtr-rts", baudRate: "any" }) {
    this.closed = new Promise((resolve) => {
      this.resolveClosed = resolve;
    });
  }

  /** The board sends bytes to the host. */
  send(bytes: Uint8Array): void {
    this.received.push(bytes);
    this.wake?.();
  }

  /** The board sends much, a piece at a time as a chip does. */
  sendInChunks(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += CHUNK_SIZE) this.send(bytes.subarray(at, at + CHUNK_SIZE));
  }

  /** How many chunks the server has not taken yet. */
  get unread(): number {
    return this.received.length;
  }

  /** The far end goes away. */
  lose(): void {
    this.end({ reason: "lost", detail: "unplugged" });
  }

  async read(): Promise<Uint8Array | undefined> {
    while (this.received.length === 0 && !this.ended) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
    return this.received.shift();
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.ended) throw new Error("port closed");
    if (this.recordsWrites) this.recordWrite(bytes);
    const aborted = new Promise<void>((_, reject) => {
      this.rejectPending = reject;
    });
    await Promise.race([this.onWrite(bytes), aborted]);
  }

  async drain(): Promise<void> {}

  async discard(): Promise<void> {
    this.received.length = 0;
    this.seen.push({ discard: true });
  }

  async signal(steps: readonly SignalStep[]): Promise<void> {
    if (this.capabilities.lines === "none") throw new Error("no lines");
    for (const signal of steps) this.seen.push({ signal });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    if (this.refusedRates.includes(baudRate))
      throw Object.assign(new Error("refused"), { code: "port-baud-refused" });
    this.seen.push({ baudRate });
  }

  async close(): Promise<void> {
    if (!this.ended) this.seen.push({ end: "close" });
    this.end({ reason: "closed" });
  }

  abort(): void {
    if (!this.ended) this.seen.push({ end: "abort" });
    this.end({ reason: "closed" });
  }

  private recordWrite(bytes: Uint8Array): void {
    const last = this.seen.at(-1);
    if (last && "write" in last) this.seen.splice(-1, 1, { write: [...last.write, ...bytes] });
    else this.seen.push({ write: [...bytes] });
  }

  private end(end: TransportEnd): void {
    this.ended = true;
    this.wake?.();
    this.rejectPending?.(new Error("port closed"));
    this.resolveClosed(end);
  }
}
