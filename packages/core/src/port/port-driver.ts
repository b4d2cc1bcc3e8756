/** What one kind of port must be able to do; order, deadlines and the end are `QueuedTransport`'s. @module */
import type { SignalStep } from "../transport.js";

/** The state of all lines that a program sets: both modem lines, `true` = asserted, and the break. */
export interface Lines {
  readonly dtr: boolean;
  readonly rts: boolean;
  /** `true` holds the line to the chip low. */
  readonly brk: boolean;
}

/**
 * An open port under a `QueuedTransport`, which calls one verb at a time and none after `release`.
 *
 * Received bytes and the loss of the port go to the `ReceiveQueue` that the driver was made with. A failure is thrown
 * as a `FlasherError`.
 */
export interface PortDriver {
  /** Most bytes that can be under way between a finished `write` and the line. */
  readonly bufferBytes: number;
  /** Resolves when the operating system has taken all bytes. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the bytes have left for the line, as far as this kind of port can tell. */
  drain(): Promise<void>;
  /** Sets all lines, DTR and RTS at once where the port can. Never called where the capabilities say `none`. */
  setLines(lines: Lines): Promise<void>;
  /**
   * Runs a whole sequence with its waits, where the port is far away and the waits must pass beside it; `setLines` is
   * then never called. What was written before leaves before the first line changes.
   */
  signal?(steps: readonly SignalStep[]): Promise<void>;
  /** Changes the rate in bit/s; everything written has been drained. */
  setBaudRate(baudRate: number): Promise<void>;
  /** Throws away what the port holds of the received bytes; the queue is emptied by the caller. */
  discard(): Promise<void>;
  /** Stops the flow of received bytes as soon as possible; the queue is full. */
  pause(): void;
  /** Lets received bytes flow again. */
  resume(): void;
  /** That many received bytes have been read or thrown away, so that a far sender may send as many again. */
  taken?(byteCount: number): void;
  /** Lets go of the port. With `dropUnsent` nothing may wait for bytes to leave. Harmless on a lost port. */
  release(options: { readonly dropUnsent: boolean }): Promise<void>;
}
