/**
 * All that core asks of the world: a byte pipe with two lines, a clock, and a way to be told to stop.
 *
 * @module
 */

/** One step of a line sequence. A line that is not named keeps its state. */
export interface SignalStep {
  /** Data Terminal Ready; `true` = asserted, which a usual USB-UART bridge shows as 0 V at the pin. */
  readonly dtr?: boolean;
  /** Request To Send; same polarity as `dtr`. */
  readonly rts?: boolean;
  /** Break: `true` holds the line to the chip low, which is neither idle nor a byte, until `false`. */
  readonly brk?: boolean;
  /** Milliseconds to wait after the lines are set. */
  readonly waitMs?: number;
}

/** What a transport can do, known before anything is tried. */
export interface TransportCapabilities {
  /** Modem lines that reach the chip's side: both, RTS alone, or none (raw TCP, a bare pseudo terminal). */
  readonly lines: "dtr-rts" | "rts" | "none";
  /** The two lines of a step change one after the other (Web Serial); missing where they change together. */
  readonly linesOneByOne?: true;
  /**
   * The port is closed and opened for every change of rate (Web Serial), in which the system raises both lines: on boards
   * with another circuit than the usual one that is a reset. Missing where the rate changes and nothing else.
   */
  readonly reopensForRate?: true;
  /** Whether `setBaudRate` reaches a UART. `fixed`: the far end decides (raw TCP), every rate is accepted and ignored. */
  readonly baudRate: "any" | "fixed";
}

/** Why a transport ended. */
export interface TransportEnd {
  /** `closed`: `close` or `abort` was called here; `lost`: unplugged, hung up, or the far end went away. */
  readonly reason: "closed" | "lost";
  /** The platform's own words, for details. */
  readonly detail?: string;
}

/**
 * A byte pipe to one chip, with the two lines that strap and reset it.
 *
 * Calls of `write`, `drain`, `signal` and `setBaudRate` take effect in the order in which they were made, also
 * when the caller does not wait between them. A transport is open when it is handed over and is never reopened
 * by its user.
 */
export interface Transport {
  /** The other end, for messages: "/dev/ttyUSB0", "CP2102 (10c4:ea60)". */
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  /** Resolves once, when the transport has ended for whatever reason. Never rejects. */
  readonly closed: Promise<TransportEnd>;
  /**
   * Next chunk, at least 1 byte, in wire order; `undefined` once the transport has ended and all that was received
   * has been read.
   * @throws Error when another read is pending: one reader at a time
   */
  read(): Promise<Uint8Array | undefined>;
  /**
   * Resolves when the bytes have been handed to the operating system; a writer that is faster than the line is held
   * back here. The array may be reused afterwards.
   * @throws FlasherError `port-closed` when the transport was closed or aborted here, `port-lost` when the far end is
   *   gone; so does every call below
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when every byte written so far has left for the line. */
  drain(): Promise<void>;
  /** Throws away what was received and not yet read. */
  discard(): Promise<void>;
  /**
   * Sets DTR and RTS (in one call where a step names both) and the break, and waits, step by step, beside the port.
   * @throws FlasherError `port-lines-missing` when the port has no such lines
   */
  signal(steps: readonly SignalStep[]): Promise<void>;
  /** Drains, then changes the rate in bit/s. @throws FlasherError `port-baud-refused` when the adapter refuses it */
  setBaudRate(baudRate: number): Promise<void>;
  /** Ends in order: drains what was written, for a second at most, then lets go of the port. A second call is harmless. */
  close(): Promise<void>;
  /** Ends at once and drops what was not sent; a pending read resolves `undefined`, a pending write rejects. */
  abort(): void;
}

/** Time, injected, so that a test of a 120 s deadline takes none. */
export interface Clock {
  /** Milliseconds since any fixed moment; never goes back. */
  now(): number;
  /** Calls `fire` once after `delayMs` milliseconds; the returned function cancels that. */
  setTimer(delayMs: number, fire: () => void): () => void;
}

/** The part of `AbortSignal` that core uses; Node's and the DOM's both fit. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
