/**
 * Doing what a plan says, also when the port is lost on the way.
 *
 * @module
 */
import type { FlashEvent, OperationResult } from "../flash/event.js";
import type { FlashPlan, PlanData } from "../flash/plan.js";
import { resumePlan } from "../flash/resume-plan.js";
import { type RunOptions, runPlan } from "../flash/run-plan.js";
import type { Board } from "./board.js";

/** How to run a plan through losses. */
export interface LastingRunOptions extends RunOptions {
  /** An earlier run of this very plan changed flash and did not come to its end: this one goes on with it. */
  readonly isUnfinished?: boolean;
}

/**
 * Runs a plan; after each loss of the connection goes on with what is missing.
 * @param options `contentsFresh`: the plan was made in the board's present session; true where the board was connected only
 * once, unless told
 * @throws FlasherError those of `runPlan`, `resumePlan` and `Board.through`
 */
export async function runThroughLosses(
  board: Board,
  plan: FlashPlan,
  data: PlanData,
  options: LastingRunOptions,
): Promise<OperationResult> {
  // In a session after a loss the board may have started in between and changed what the plan goes by.
  const wasFresh = (options.contentsFresh ?? true) && board.losses === 0;
  let isChanged = false;
  const onEvent = (event: FlashEvent) => {
    isChanged ||= event.type === "started" && (event.operation === "erase" || event.operation === "write");
    options.onEvent?.(event);
  };
  const { result } = await board.through((session, isAgain) =>
    options.isUnfinished || (isAgain && isChanged)
      ? resumePlan(session, plan, data, { ...options, onEvent })
      : runPlan(session, plan, data, { ...options, onEvent, contentsFresh: wasFresh && !isAgain }),
  );
  return result;
}
