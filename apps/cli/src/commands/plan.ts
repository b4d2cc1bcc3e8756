/** `flashwright plan`. @module */
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";
import { checkWritable } from "../files.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { withSession } from "../session/with-session.js";
import { makePlan } from "../write/make-plan.js";
import { savePlan } from "../write/stored-plan.js";
import { type PlanOptions, understand } from "../write/wanted.js";

/** Options of `plan` beside those. */
export interface PlanCommandOptions extends PlanOptions {
  /** Where to save the plan. */
  readonly save?: string;
  readonly dryRun?: boolean;
}

/**
 * Says what `flash` would do, and writes nothing but the plan, where that is wished.
 * @throws FlasherError those of reading the files, connecting and planning; `file-unwritable`
 */
export async function plan(
  context: Context,
  inputs: readonly string[],
  options: PlanCommandOptions,
): Promise<OperationResult> {
  const { save, dryRun = false } = options;
  const wanted = await understand(context, inputs, options, "flashwright plan");
  if (save !== undefined) await checkWritable(save);
  return withSession(context, options, async (session) => {
    const made = await makePlan(context, session, wanted, options);
    context.emit({ type: "planned", plan: made.plan });
    if (save !== undefined && !dryRun) await savePlan(save, made.plan);
    await leaveAfterReading(context, session, options.after);
    if (save === undefined) return { code: "plan-made", params: {} };
    return { code: dryRun ? "plan-save-planned" : "plan-saved", params: { name: save } };
  });
}
