/** What every command is given. @module */
import type { AbortSignalLike, FlashState, OperationResult } from "@flashwright/core";
import type { CliEvent } from "./cli-event.js";
import type { Output } from "./view/output.js";
import type { World } from "./world.js";

/** One run of the program, from the point of view of a command. */
export interface Context {
  readonly world: World;
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignalLike;
  /** What this run has done to the flash so far. */
  readonly flash: FlashState;
  /** Tells the views, and with `--json` the reader of stdout. */
  readonly emit: (event: CliEvent) => void;
  /**
   * Does another command as a part of this one, in a context of its own.
   * @throws FlasherError what ends that command
   */
  readonly run: (argv: readonly string[], context: Context) => Promise<OperationResult>;
}

/** A command's work; what it throws ends the program. */
export type Command = (context: Context) => Promise<OperationResult>;
