/**
 * What reading a boot log takes to know of a chip; each chip gives one such table in `targets/`.
 *
 * @module
 */
import type { bootMessages } from "../messages/boot.js";
import type { BootFact } from "./boot-event.js";

/** How one chip words a fact: the first pattern that matches a line decides. */
export interface BootPattern {
  /** Matched against the readable part of a line, without the white space around it. */
  readonly pattern: RegExp;
  /** The fact, from the match; `undefined` to go on with the next pattern. */
  read(match: RegExpExecArray): BootFact | undefined;
}

/** A reason not to boot that the straps give. */
export type StrapObstacle = Extract<keyof typeof bootMessages, "boot-download-mode" | `boot-strap-${string}`>;

/** A CPU exception. */
export interface ExceptionCause {
  /** As in the CPU's manual, without the ending "Cause". */
  readonly name: string;
  /** What a person can take from it. */
  readonly meaning: string;
}

/** One chip's way to report its start. */
export interface BootDialect {
  readonly patterns: readonly BootPattern[];
  /** What in the first number of the boot mode keeps the chip from booting flash; `undefined` when nothing does. */
  strapObstacle(bootMode: number): StrapObstacle | undefined;
  isWatchdogCause(resetCause: number): boolean;
  resetCauseName(resetCause: number): string;
  exceptionCauseOf(cause: number): ExceptionCause;
}
