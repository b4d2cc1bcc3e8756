/** Doing what a plan says, also when the port is lost on the way. @module */
import {
  type FlashPlan,
  type OperationResult,
  type PlanData,
  type ResumeOptions,
  resumePlan,
  runPlan,
} from "@flashwright/core";
import type { Board } from "../session/board.js";

/**
 * Runs a plan whose contents were gathered by this command; after each loss of the connection goes on with what is missing.
 * @throws FlasherError those of `runPlan`, `resumePlan` and `Board.through`
 */
export async function runThroughLosses(
  board: Board,
  plan: FlashPlan,
  data: PlanData,
  options: ResumeOptions,
): Promise<OperationResult> {
  // In a session after a loss the board may have started in between and changed what the plan goes by.
  const contentsFresh = board.losses === 0;
  const { result } = await board.through((session, isAgain) =>
    isAgain
      ? resumePlan(session, plan, data, options)
      : runPlan(session, plan, data, { ...options, contentsFresh }),
  );
  return result;
}
