/** The options that say how to reach a board. @module */
import type { After } from "@flashwright/core";

/** As commander hands them over, already understood. */
export interface ConnectionOptions {
  readonly port?: string;
  readonly baud?: number | "auto";
  /** Name of a reset, or a sequence as `parseReset` reads it. */
  readonly reset?: string;
  /** `false` after `--no-stub`. */
  readonly stub: boolean;
  readonly before: "default-reset" | "no-reset";
  readonly after?: After;
  readonly chipSize?: number;
  readonly connectAttempts?: number;
  readonly trace?: string;
  readonly traceSecrets?: boolean;
}

/** The options that another command needs to reach the same board in the same way, as somebody would type them. */
export function typedConnection(options: ConnectionOptions): string[] {
  return [
    ...(options.port === undefined ? [] : ["--port", options.port]),
    ...(options.baud === undefined ? [] : ["--baud", String(options.baud)]),
    ...(options.reset === undefined ? [] : ["--reset", options.reset]),
    ...(options.before === "default-reset" ? [] : ["--before", options.before]),
    ...(options.chipSize === undefined ? [] : ["--chip-size", String(options.chipSize)]),
  ];
}
