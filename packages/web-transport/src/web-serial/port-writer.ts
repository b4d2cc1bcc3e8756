/** The sending half of a Web Serial port. @module */
import type { Clock } from "@flashwright/core";
import { lineTimeMs } from "@flashwright/core/port";
import type { WebSerialPort } from "./serial-api.js";

/** Bytes handed over at once, so that a browser that copies what it is given never copies more. */
const CHUNK_BYTES = 0x4000;

/**
 * Bytes that can be on their way to the line when the browser has handed all of them to the system: 4 KiB in the driver
 * (Linux, USB), and the adapter's own buffer.
 */
const ADAPTER_BYTES = 0x1400;

/**
 * Writes to an open port.
 *
 * A write resolves when the browser has taken the bytes into its buffer. The API has no drain; closing the stream is meant
 * to be one, but resolves when the system has taken the bytes: Chromium asks the driver to drain only when it hears of that
 * before it has seen the end of the stream, which it rarely does (services/device/serial/serial_port_impl.cc). What is
 * left is the time that the line takes, so that is waited for, if it has not passed long since.
 */
export class PortWriter {
  readonly #port: WebSerialPort;
  readonly #clock: Clock;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  /** When the line will have carried all that was written, on the clock. */
  #idleAt = 0;

  constructor(port: WebSerialPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
  }

  /** @param baudRate bit/s of the line */
  async write(bytes: Uint8Array, baudRate: number): Promise<void> {
    const writer = this.#take();
    try {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        const start = Math.max(this.#idleAt, this.#clock.now());
        await writer.write(chunk);
        this.#idleAt = start + lineTimeMs(chunk.length, baudRate);
      }
    } catch (error) {
      // A stream that has failed takes nothing more; the port may have another one.
      this.#letGo(writer);
      throw error;
    }
  }

  /**
   * Resolves when all that was written has left for the line; leaves the port without a lock.
   * @param baudRate bit/s of the line
   */
  async drain(baudRate: number): Promise<void> {
    await this.#end((writer) => writer.close());
    const leftMs = Math.min(this.#idleAt - this.#clock.now(), lineTimeMs(ADAPTER_BYTES, baudRate));
    if (leftMs > 0) await new Promise<void>((resolve) => void this.#clock.setTimer(leftMs, resolve));
    this.#idleAt = 0;
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
