/** One thing to find out about a real board. @module */
import type { Bench } from "./bench.js";

/** A check: what it found, in words; it fails by throwing. */
export interface Check {
  readonly name: string;
  run(bench: Bench): Promise<string>;
}

/** Thrown by a check that does not apply here; not a failure. */
export class NotApplicable extends Error {
  override readonly name = "NotApplicable";
}
