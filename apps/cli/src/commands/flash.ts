/** `flashwright flash`. @module */
import { FlasherError, type MadePlan, type OperationResult, type Session } from "@flashwright/core";
import type { Context } from "../context.js";
import type { ConsentOptions } from "../session/agree.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { withSession } from "../session/with-session.js";
import { acceptLosses } from "../write/accept-losses.js";
import { checkRunning } from "../write/check-running.js";
import { makePlan } from "../write/make-plan.js";
import { runAndWatch } from "../write/run-plan.js";
import { asPlanned, checkStoredPlan, readPlan } from "../write/stored-plan.js";
import { type PlanOptions, understand, type Wanted } from "../write/wanted.js";

/** Options of `flash` beside those that shape the plan. */
export interface FlashOptions extends PlanOptions, ConsentOptions {
  readonly dryRun?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
  /** A stored plan. */
  readonly plan?: string;
  /** Ask the firmware that runs then whether it is the planned one. */
  readonly check?: boolean;
}

const COMMAND = "flashwright flash";

/**
 * Plans, saves what would be lost, writes, verifies and starts. Everything that can be known without the board is checked
 * before the port is opened.
 * @throws FlasherError those of reading the files, connecting, planning and running; `backup-refused`; the reason where
 * the firmware does not boot; `check-differs`, `console-no-answer`
 */
export async function flash(
  context: Context,
  inputs: readonly string[],
  options: FlashOptions,
): Promise<OperationResult> {
  if (options.check && options.after === "no-reset") {
    const detail = "--check asks the firmware, which --after no-reset does not start.";
    throw new FlasherError("usage", { detail, command: COMMAND });
  }
  const make =
    options.plan === undefined
      ? await fromFiles(context, inputs, options)
      : await fromPlan(context, inputs, options, options.plan);
  return withSession(context, options, async (session, board) => {
    const made = await make(session);
    context.emit({ type: "planned", plan: made.plan });
    if (options.dryRun) {
      await leaveAfterReading(context, session, options.after);
      return { code: "plan-made", params: {} };
    }
    const accepted = await acceptLosses(context, board, made, "flash", options);
    const result = await runAndWatch(context, board, made, accepted, options);
    if (options.check) await checkRunning(context, board.session, made.plan, result);
    return result;
  });
}

type MakePlan = (session: Session) => Promise<MadePlan>;

async function fromFiles(
  context: Context,
  inputs: readonly string[],
  options: FlashOptions,
): Promise<MakePlan> {
  const wanted = await understand(context, inputs, options, COMMAND);
  return (session) => makePlan(context, session, wanted, options);
}

/** The stored plan itself; one that is made again from the same files brings the bytes, and shows what has changed. */
async function fromPlan(
  context: Context,
  inputs: readonly string[],
  options: FlashOptions,
  path: string,
): Promise<MakePlan> {
  refuseOtherWishes(options);
  const stored = await readPlan(path);
  const again = asPlanned(stored);
  const wanted: Wanted = await understand(context, inputs, { ...options, ...again.header }, COMMAND);
  return async (session) => {
    const made = await makePlan(context, session, wanted, again);
    await checkStoredPlan(session, stored, made, context.signal);
    return { ...made, plan: stored };
  };
}

/** All of these are in the plan already. @throws FlasherError `usage` */
function refuseOtherWishes(options: FlashOptions): void {
  const { intent, force, eraseAll, flashMode, flashFreq, flashSize } = options;
  if ([intent, force, eraseAll, flashMode, flashFreq, flashSize].every((wish) => wish === undefined)) return;
  const detail = "--plan runs a plan as it is; what shapes a plan was said when it was made.";
  throw new FlasherError("usage", { detail, command: COMMAND });
}
