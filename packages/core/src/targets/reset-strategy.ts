/**
 * Ways to reset a chip into its loader, as data.
 *
 * @module
 */
import type { SignalStep } from "../transport.js";

/** A named way to reset the chip into a mode. */
export interface ResetSequence {
  readonly name: string;
  readonly steps: readonly SignalStep[];
}

/**
 * Between the adapter's lines and the chip's pins.
 * - `usual`: DTR pulls GPIO0 and RTS pulls reset, each by itself or through two crossed transistors
 * - `swapped`: the same with the two exchanged
 * - `inverted`: as usual, but an asserted line is high at the pin
 * - `rts-only`: RTS pulls reset, GPIO0 has only its button
 * - `unknown`: a sequence of somebody's own
 */
export type ResetCircuitKind = "usual" | "swapped" | "inverted" | "rts-only" | "unknown";

/** A way into the loader, and the way out of it that fits the same circuit. */
export interface ResetStrategy extends ResetSequence {
  readonly circuit: ResetCircuitKind;
  /** How long GPIO0 is held low after reset is let go, in milliseconds: the longest rise of the reset line that it covers. */
  readonly strapMs: number;
  /** What it is for. */
  readonly about: string;
  /** Starts the firmware on the same circuit. */
  readonly run: ResetSequence;
}

/** The USB-UART bridge, as the system lists it. */
export interface AdapterIdentity {
  /** USB vendor id, four hexadecimal digits. */
  readonly vendorId: string;
  /** USB product id, four hexadecimal digits. */
  readonly productId: string;
  /** The operating system as Node names it ("win32", "linux", "darwin"): drivers set the lines in different ways. */
  readonly platform?: string;
}
