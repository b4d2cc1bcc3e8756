/**
 * One port for one conversation after the other.
 *
 * @module
 */
import type { Transport, TransportEnd } from "../transport.js";

/** Lends a port. */
export interface PortTurns {
  /**
   * The port for the next conversation. The one before ends: its reads resolve `undefined`, and what arrives goes to the
   * new one. Closing a turn ends it and leaves the port open.
   */
  next(): Transport;
}

/** A conversation reads until its transport ends, so each check gets a transport of its own over the same open port. */
export function createPortTurns(port: Transport): PortTurns {
  let current: Turn | undefined;
  let over: TransportEnd | undefined;
  void pump();

  async function pump(): Promise<void> {
    for (;;) {
      const bytes = await port.read().catch(() => undefined);
      if (bytes === undefined) break;
      current?.receive(bytes);
    }
    over = await port.closed;
    current?.end(over);
  }

  return {
    next() {
      current?.end({ reason: "closed" });
      current = new Turn(port);
      if (over !== undefined) current.end(over);
      return current;
    },
  };
}

class Turn implements Transport {
  readonly label: string;
  readonly capabilities: Transport["capabilities"];
  readonly closed: Promise<TransportEnd>;
  #received: Uint8Array[] = [];
  #ended = false;
  #resolveClosed!: (end: TransportEnd) => void;
  #wake: ((bytes: Uint8Array | undefined) => void) | undefined;

  constructor(readonly port: Transport) {
    this.label = port.label;
    this.capabilities = port.capabilities;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  receive(bytes: Uint8Array): void {
    if (this.#wake === undefined) this.#received.push(bytes);
    else this.#settle(bytes);
  }

  end(end: TransportEnd): void {
    this.#ended = true;
    this.#settle(undefined);
    this.#resolveClosed(end);
  }

  async read(): Promise<Uint8Array | undefined> {
    const next = this.#received.shift();
    if (next !== undefined || this.#ended) return next;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async discard(): Promise<void> {
    await this.port.discard();
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
