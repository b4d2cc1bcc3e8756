/** What the stub answers to a command. @module */
import type { Routine } from "../chip/cpu.js";
import { StubStatus } from "./status.js";

/** What a command gives back beside its status. */
export interface Result {
  readonly status: StubStatus;
  readonly value?: number;
  readonly data?: Uint8Array;
  /** Work after the answer; its status is told to the next command, whatever that is. */
  readonly after?: () => Routine<StubStatus>;
}

/** Done, with nothing more to say. */
export const OK: Result = { status: StubStatus.ok };
/** A status and nothing else. */
export const answer = (status: StubStatus): Result => ({ status });
