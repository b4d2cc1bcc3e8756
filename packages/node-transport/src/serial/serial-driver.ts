/** A serial port of this computer, over the `serialport` package. @module */
import type { Clock } from "@flashwright/core";
import type { Lines, PortDriver, ReceiveQueue } from "@flashwright/core/port";
import type { SerialPort } from "serialport";
import { type PortOperation, portError } from "./port-error.js";

/** Quiet time after which an idle port is asked whether it is still there. */
const LIVENESS_MS = 1000;

/** One open `SerialPort`. It reads all the time, since only a port that is being read notices that it was unplugged. */
export class SerialDriver implements PortDriver {
  /** No driver that we know buffers more: Linux gives a USB adapter 4 KiB, a pseudo terminal 64 KiB. */
  readonly bufferBytes = 0x10000;
  readonly #port: SerialPort;
  readonly #label: string;
  readonly #received: ReceiveQueue;
  readonly #clock: Clock;
  /** Resolves when the operating system has the port back. */
  readonly #gone: Promise<void>;
  #cancelProbe: (() => void) | undefined;

  constructor(port: SerialPort, received: ReceiveQueue, clock: Clock) {
    this.#port = port;
    this.#label = port.path;
    this.#received = received;
    this.#clock = clock;
    this.#gone = new Promise((resolve) => port.once("close", () => resolve()));
    port.on("data", (chunk: Buffer) => received.push(chunk));
    port.on("close", (error?: Error | null) => this.#lose(error ?? undefined));
    port.on("error", (error: Error) => this.#lose(error));
    this.#probeLater();
  }

  write(bytes: Uint8Array): Promise<void> {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#call("use", (done) => this.#port.write(view, done));
  }

  drain(): Promise<void> {
    return this.#call("use", (done) => this.#port.drain(done));
  }

  /**
   * All go in one call: the package would assert DTR and RTS and end a break where they are not named. On Unix DTR and
   * RTS are one ioctl, the break is another before it.
   */
  setLines({ dtr, rts, brk }: Lines): Promise<void> {
    return this.#call("use", (done) => this.#port.set({ dtr, rts, brk }, done));
  }

  setBaudRate(baudRate: number): Promise<void> {
    return this.#call("baud", (done) => this.#port.update({ baudRate }, done), baudRate);
  }

  /** Flushes both directions of the driver (what was written has been drained) and what was read from it but not yet given on. */
  async discard(): Promise<void> {
    await this.#call("use", (done) => this.#port.flush(done));
    // A read that was under way when the flush came hands over its bytes within this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    this.#port.read();
  }

  pause(): void {
    this.#port.pause();
  }

  resume(): void {
    this.#port.resume();
    // A port that was unplugged meanwhile reads as "0 bytes" from now on, which the binding retries for ever.
    void this.#probe();
  }

  async release({ dropUnsent }: { readonly dropUnsent: boolean }): Promise<void> {
    this.#cancelProbe?.();
    if (this.#port.isOpen) {
      // Closing a tty waits for its output, up to 30 s on Linux; after a flush there is none.
      if (dropUnsent) this.#port.flush(() => this.#close());
      else this.#close();
    }
    await this.#gone;
  }

  #close(): void {
    if (this.#port.isOpen) this.#port.close(() => {});
  }

  #lose(error: Error | undefined): void {
    this.#cancelProbe?.();
    this.#received.lose(error?.message);
  }

  #probeLater(): void {
    this.#cancelProbe = this.#clock.setTimer(LIVENESS_MS, () => {
      this.#probeLater();
      void this.#probe();
    });
  }

  /**
   * Asks for the modem lines to learn whether the port is still there. Between a read and the next poll an unplug
   * goes unseen: the read then yields 0 bytes for ever and no event comes. A terminal without lines refuses too, with
   * other words than one that is gone.
   */
  async #probe(): Promise<void> {
    try {
      await this.#call("use", (done) => this.#port.get((error) => done(error)));
    } catch (error) {
      const failure = portError(error, this.#context("use"));
      if (failure.code !== "port-lost") return;
      this.#lose(failure.cause as Error);
    }
  }

  #context(operation: PortOperation, baudRate = this.#port.baudRate) {
    return { operation, label: this.#label, baudRate };
  }

  #call(
    operation: PortOperation,
    start: (done: (error?: Error | null) => void) => void,
    baudRate?: number,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      start((error) => (error ? reject(portError(error, this.#context(operation, baudRate))) : resolve()));
    });
  }
}
