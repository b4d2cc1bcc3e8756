/** A second reader of a console, for as long as a program types into it. @module */
import type { Transport, TransportEnd } from "@flashwright/core";

/** Reads what it is given, writes to the real port, and leaves that open when it is over. */
export class ForkedTransport implements Transport {
  readonly label: string;
  readonly capabilities: Transport["capabilities"];
  readonly closed: Promise<TransportEnd>;
  #received: Uint8Array[] = [];
  #isOver = false;
  #wake: ((bytes: Uint8Array | undefined) => void) | undefined;
  #resolveClosed!: (end: TransportEnd) => void;

  constructor(readonly port: Transport) {
    this.label = port.label;
    this.capabilities = port.capabilities;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** What the first reader has read. */
  receive(bytes: Uint8Array): void {
    if (this.#isOver) return;
    if (this.#wake === undefined) this.#received.push(bytes);
    else this.#settle(bytes);
  }

  end(end: TransportEnd): void {
    this.#isOver = true;
    this.#settle(undefined);
    this.#resolveClosed(end);
  }

  async read(): Promise<Uint8Array | undefined> {
    const next = this.#received.shift();
    if (next !== undefined || this.#isOver) return next;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async discard(): Promise<void> {
    this.#received = [];
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.port.write(bytes);
  }

  drain(): Promise<void> {
    return this.port.drain();
  }

  signal(steps: Parameters<Transport["signal"]>[0]): Promise<void> {
    return this.port.signal(steps);
  }

  setBaudRate(baudRate: number): Promise<void> {
    return this.port.setBaudRate(baudRate);
  }

  async close(): Promise<void> {
    this.end({ reason: "closed" });
  }

  abort(): void {
    this.end({ reason: "closed" });
  }

  #settle(bytes: Uint8Array | undefined): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.(bytes);
  }
}
