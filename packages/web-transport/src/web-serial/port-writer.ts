/** The sending half of a Web Serial port. @module */
import type { WebSerialPort } from "./serial-api.js";

/** Bytes handed over at once, so that a browser that copies what it is given never copies more. */
const CHUNK_BYTES = 0x4000;

/**
 * Writes to an open port.
 *
 * A write resolves when the browser has taken the bytes into its buffer. Closing the stream is what the API has for
 * draining: the browser then sends all of it and waits for the driver (tcdrain on Unix), and the port has a new
 * stream for the next write.
 */
export class PortWriter {
  readonly #port: WebSerialPort;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;

  constructor(port: WebSerialPort) {
    this.#port = port;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const writer = this.#take();
    try {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        await writer.write(bytes.subarray(at, at + CHUNK_BYTES));
      }
    } catch (error) {
      // A stream that has failed takes nothing more; the port may have another one.
      this.#letGo(writer);
      throw error;
    }
  }

  /** Resolves when all that was written has left the driver; leaves the port without a lock. */
  drain(): Promise<void> {
    return this.#end((writer) => writer.close());
  }

  /** Drops what has not left; leaves the port without a lock. Never rejects. */
  drop(): Promise<void> {
    return this.#end((writer) => writer.abort()).catch(() => {});
  }

  async #end(work: (writer: WritableStreamDefaultWriter<Uint8Array>) => Promise<void>): Promise<void> {
    const writer = this.#writer;
    if (writer === undefined) return;
    try {
      await work(writer);
    } finally {
      this.#letGo(writer);
    }
  }

  #take(): WritableStreamDefaultWriter<Uint8Array> {
    if (this.#writer !== undefined) return this.#writer;
    const stream = this.#port.writable;
    if (stream === null) throw new DOMException("The port takes nothing more.", "NetworkError");
    this.#writer = stream.getWriter();
    // Whoever writes or drains learns of an error; one between two calls is told by the next.
    this.#writer.closed.catch(() => {});
    return this.#writer;
  }

  #letGo(writer: WritableStreamDefaultWriter<Uint8Array>): void {
    if (this.#writer === writer) this.#writer = undefined;
    writer.releaseLock();
  }
}
