/** A conversation over a port that somebody else reads. @module */
import type { Transport, TransportEnd } from "../transport.js";
import { ReceiveQueue } from "./receive-queue.js";

/** Reads what it is given, writes to the real port, and leaves that open when it is over. `discard` leaves it alone, too. */
export class ForkedTransport implements Transport {
  readonly label: string;
  readonly capabilities: Transport["capabilities"];
  readonly closed: Promise<TransportEnd>;
  readonly #received = new ReceiveQueue();
  #resolveClosed!: (end: TransportEnd) => void;

  constructor(readonly port: Transport) {
    this.label = port.label;
    this.capabilities = port.capabilities;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** Hands over what was read of the port. */
  receive(bytes: Uint8Array): void {
    this.#received.push(bytes);
  }

  /** Ends the conversation: reads resolve `undefined` when all was read. */
  end(end: TransportEnd): void {
    this.#received.end();
    this.#resolveClosed(end);
  }

  read(): Promise<Uint8Array | undefined> {
    return this.#received.read();
  }

  async discard(): Promise<void> {
    this.#received.clear();
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
}
