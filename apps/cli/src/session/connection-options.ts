/** The options that say how to reach a board. @module */
import type { After } from "@flashwright/core";

/** As commander hands them over, already understood. */
export interface ConnectionOptions {
  readonly port?: string;
  readonly baud?: number;
  /** `false` after `--no-stub`. */
  readonly stub: boolean;
  readonly before: "default-reset" | "no-reset";
  readonly after?: After;
  readonly chipSize?: number;
  readonly connectAttempts?: number;
  readonly trace?: string;
}
