/** The host's end of the line: the `Transport` that a program holds. @module */
import type { SignalStep, Transport, TransportCapabilities, TransportEnd } from "@flashwright/core";
import type { OutgoingLine } from "./outgoing.js";
import { PortError } from "./port-error.js";

/** Bytes that the host keeps for a program that does not read, as a generous driver would; later ones are lost. */
const RECEIVE_LIMIT = 0x100000;
/** How long `close` waits for bytes to leave, in line time: an end that always comes. */
const CLOSE_DRAIN_MS = 1000;

/** What the board lends a connection. */
export interface ConnectionParts {
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  readonly line: OutgoingLine;
  /** A timer on the board's clock for `close`. */
  readonly setTimer: (ms: number, fire: () => void) => () => void;
  /** Bytes lost because nobody read. */
  readonly onOverflow: (bytes: number) => void;
  /** The connection has ended; the board lets go of the lines. */
  readonly onEnd: () => void;
}

/** One opening of the port. Ends once and is never opened again. */
export class Connection implements Transport {
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  readonly closed: Promise<TransportEnd>;
  readonly #parts: ConnectionParts;
  readonly #received: Uint8Array[] = [];
  /** Ways to reject the calls that are still waiting. */
  readonly #calls = new Set<(error: Error) => void>();
  #receivedBytes = 0;
  #reader: ((bytes: Uint8Array | undefined) => void) | undefined;
  #end: TransportEnd | undefined;
  #closing: Promise<void> | undefined;
  #resolveClosed!: (end: TransportEnd) => void;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.label = parts.label;
    this.capabilities = parts.capabilities;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  /** Whether it has ended. */
  get ended(): boolean {
    return this.#end !== undefined;
  }

  /** Bytes from the line. What is more than the host keeps is lost, and counted: a UART cannot be held back. */
  receive(bytes: Uint8Array): void {
    if (this.ended || bytes.length === 0) return;
    if (this.#reader !== undefined) {
      this.#resolveReader(bytes);
      return;
    }
    const kept = bytes.subarray(0, RECEIVE_LIMIT - this.#receivedBytes);
    if (kept.length < bytes.length) this.#parts.onOverflow(bytes.length - kept.length);
    if (kept.length === 0) return;
    this.#received.push(kept);
    this.#receivedBytes += kept.length;
  }

  /** The far end went away. */
  lose(detail: string): void {
    this.#finish({ reason: "lost", detail });
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#reader !== undefined)
      throw new Error(`${this.label}: another read is pending; one reader at a time.`);
    const next = this.#received.shift();
    if (next !== undefined) {
      this.#receivedBytes -= next.length;
      return next;
    }
    if (this.ended) return undefined;
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#call((done) => this.#parts.line.write(bytes, done));
  }

  drain(): Promise<void> {
    return this.#call((done) => this.#parts.line.afterAll(done));
  }

  discard(): Promise<void> {
    return this.#call((done) => {
      this.#received.length = 0;
      this.#receivedBytes = 0;
      done();
    });
  }

  signal(steps: readonly SignalStep[]): Promise<void> {
    if (this.capabilities.lines === "none" && !this.#refusesCalls) {
      return Promise.reject(new PortError("port-lines-missing", { label: this.label }));
    }
    return this.#call((done) => this.#parts.line.signal(steps, done));
  }

  setBaudRate(baudRate: number): Promise<void> {
    if ((!Number.isInteger(baudRate) || baudRate <= 0) && !this.#refusesCalls) {
      return Promise.reject(new PortError("port-baud-refused", { label: this.label, baudRate }));
    }
    return this.#call((done) => this.#parts.line.setBaudRate(baudRate, done));
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeInOrder();
    return this.#closing;
  }

  abort(): void {
    this.#finish({ reason: "closed" });
  }

  async #closeInOrder(): Promise<void> {
    if (this.ended) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.setTimer(CLOSE_DRAIN_MS, resolve);
      this.#parts.line.afterAll(() => {
        cancel();
        resolve();
      });
    });
    this.#finish({ reason: "closed" });
  }

  /** A call that ends when `start` says so, or with the connection. */
  #call(start: (done: () => void) => void): Promise<void> {
    if (this.#refusesCalls) return Promise.reject(this.#endError());
    return new Promise((resolve, reject) => {
      this.#calls.add(reject);
      start(() => {
        this.#calls.delete(reject);
        resolve();
      });
    });
  }

  #finish(end: TransportEnd): void {
    if (this.ended) return;
    this.#end = end;
    this.#parts.line.stop();
    for (const reject of this.#calls) reject(this.#endError());
    this.#calls.clear();
    if (this.#reader !== undefined) this.#resolveReader(undefined);
    this.#resolveClosed(end);
    this.#parts.onEnd();
  }

  #resolveReader(bytes: Uint8Array | undefined): void {
    const reader = this.#reader!;
    this.#reader = undefined;
    reader(bytes);
  }

  get #refusesCalls(): boolean {
    return this.ended || this.#closing !== undefined;
  }

  #endError(): PortError {
    return new PortError(this.#end?.reason === "lost" ? "port-lost" : "port-closed", { label: this.label });
  }
}
