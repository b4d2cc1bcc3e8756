/** Doing what a plan says, also when the port is lost on the way. @module */
import {
  type FlashPlan,
  isFlasherError,
  type OperationResult,
  type PlanData,
  type ResumeOptions,
  resumePlan,
  runPlan,
  type Session,
} from "@flashwright/core";
import type { Reconnection } from "../session/with-session.js";

/** A cable that fails so often is to be changed first. */
const MAX_LOSSES = 5;

/**
 * Runs a plan whose contents were gathered in this session; after each loss of the port waits for it and goes on.
 * @returns the result, and the session that is open now
 * @throws FlasherError those of `runPlan`, `resumePlan` and connecting; `port-lost` where there is no way back, or too often
 */
export async function runThroughLosses(
  session: Session,
  plan: FlashPlan,
  data: PlanData,
  options: ResumeOptions,
  reconnection: Reconnection | undefined,
): Promise<{ readonly result: OperationResult; readonly session: Session }> {
  await reconnection?.prepare();
  let current = session;
  for (let losses = 0; ; ) {
    try {
      const { result } =
        losses === 0
          ? await runPlan(current, plan, data, { ...options, contentsFresh: true })
          : await resumePlan(current, plan, data, options);
      return { result, session: current };
    } catch (error) {
      losses++;
      if (!isFlasherError(error, "port-lost") || reconnection === undefined || losses > MAX_LOSSES)
        throw error;
    }
    current = await reconnection.again();
  }
}
