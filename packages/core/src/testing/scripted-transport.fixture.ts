import { toHex } from "../bytes.js";
import type { SignalStep, Transport, TransportEnd } from "../transport.js";

/** A transport whose far end is the test: what is written is kept, what is to be read is said by the test. */
export class ScriptedTransport implements Transport {
  readonly label = "script";
  readonly capabilities = { lines: "dtr-rts", baudRate: "any" } as const;
  /** Everything written, in hex, a write an entry. */
  readonly written: string[] = [];
  readonly #chunks: (Uint8Array | undefined)[] = [];
  #reader: ((chunk: Uint8Array | undefined) => void) | undefined;
  #resolveClosed!: (end: TransportEnd) => void;
  readonly closed = new Promise<TransportEnd>((resolve) => {
    this.#resolveClosed = resolve;
  });
  /** Called with each write, to answer it. */
  onWrite: (hex: string) => void = () => {};
  readsAtOnce = 0;

  /** Bytes from the far end, in hex. */
  say(hex: string): void {
    this.#push(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
  }

  /** The far end goes away. */
  lose(): void {
    this.#push(undefined);
    this.#resolveClosed({ reason: "lost" });
  }

  #push(chunk: Uint8Array | undefined): void {
    if (this.#reader === undefined) this.#chunks.push(chunk);
    else {
      const reader = this.#reader;
      this.#reader = undefined;
      reader(chunk);
    }
  }

  read(): Promise<Uint8Array | undefined> {
    if (this.#reader !== undefined) this.readsAtOnce++;
    if (this.#chunks.length > 0) return Promise.resolve(this.#chunks.shift());
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.written.push(toHex(bytes));
    this.onWrite(toHex(bytes));
  }

  async drain(): Promise<void> {}
  async discard(): Promise<void> {
    this.#chunks.length = 0;
  }
  async signal(_steps: readonly SignalStep[]): Promise<void> {}
  async setBaudRate(): Promise<void> {}
  async close(): Promise<void> {
    this.abort();
  }
  abort(): void {
    this.#push(undefined);
    this.#resolveClosed({ reason: "closed" });
  }
}
