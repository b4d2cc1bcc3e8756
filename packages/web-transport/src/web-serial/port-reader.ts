/** The receiving half of a Web Serial port. @module */
import type { ReceiveQueue } from "@flashwright/core/port";
import type { WebSerialPort } from "./serial-api.js";

/** What can disturb reception without ending it. An overrun has lost bytes, the others are a matter of the line. */
export type Disturbance = "overrun" | "break" | "framing" | "parity";

/** By the name of the error that ends the stream; any other error is the end of the port. */
const DISTURBANCES: Readonly<Record<string, Disturbance>> = {
  BufferOverrunError: "overrun",
  BreakError: "break",
  FramingError: "framing",
  ParityError: "parity",
};

/**
 * Reads an open port all the time into a queue. After an error that is not fatal it goes on with the port's next stream;
 * a fatal one is the loss of the port.
 */
export class PortReader {
  readonly #port: WebSerialPort;
  readonly #received: ReceiveQueue;
  readonly #onDisturbance: (kind: Disturbance) => void;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #work: Promise<void> = Promise.resolve();
  #isStopping = false;
  #isPaused = false;
  /** Ends the wait of a paused reader. */
  #wake: () => void = () => {};

  constructor(port: WebSerialPort, received: ReceiveQueue, onDisturbance: (kind: Disturbance) => void) {
    this.#port = port;
    this.#received = received;
    this.#onDisturbance = onDisturbance;
  }

  /** Begins to read; the port is open. */
  start(): void {
    this.#isStopping = false;
    this.#work = this.#readStreams();
  }

  /** Ends reading and leaves the port without a lock; what it still held is thrown away. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake();
    // To cancel is what empties the driver's buffer; it fails on a port that is gone, whose buffer is gone as well.
    await this.#reader?.cancel().catch(() => {});
    await this.#work;
  }

  /** Leaves what comes in the browser's and the system's buffers. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  async #readStreams(): Promise<void> {
    let last: unknown;
    while (!this.#isStopping) {
      const stream = this.#port.readable;
      if (stream === null || stream === last) return this.#received.lose("The port has no more to read.");
      last = stream;
      const error = await this.#readStream(stream);
      if (error === undefined || this.#isStopping) continue;
      const kind = DISTURBANCES[error.name];
      if (kind === undefined) return this.#received.lose(error.message);
      this.#onDisturbance(kind);
    }
  }

  /** Until the stream ends; the error, if it did so by one. */
  async #readStream(stream: ReadableStream<Uint8Array>): Promise<Error | undefined> {
    const reader = stream.getReader();
    this.#reader = reader;
    try {
      for (;;) {
        if (this.#isPaused) await this.#untilResumed();
        const { done, value } = await reader.read();
        if (done) return undefined;
        this.#received.push(value);
      }
    } catch (error) {
      return error as Error;
    } finally {
      this.#reader = undefined;
      reader.releaseLock();
    }
  }

  async #untilResumed(): Promise<void> {
    while (this.#isPaused && !this.#isStopping) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
