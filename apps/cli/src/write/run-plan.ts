/** Doing what a plan says, and watching what comes of it. @module */
import {
  type BootVerdict,
  checkBoot,
  FlasherError,
  type FlashPlan,
  isFlasherError,
  type OperationResult,
  type PlanData,
} from "@flashwright/core";
import { type Board, runThroughLosses } from "@flashwright/core/board";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { startFirmware } from "../session/start-firmware.js";
import type { LossesAccepted } from "./accept-losses.js";

/** How to run and leave. */
export interface RunOptions extends Pick<ConnectionOptions, "after"> {
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
}

/**
 * Writes, verifies, starts the firmware, and checks that what starts is what was written. What the plan goes by was read or
 * compared in this session, and is not compared again.
 * @throws FlasherError those of `runPlan`; the reason where the firmware does not boot; `boot-other-slot`
 */
export async function runAndWatch(
  context: Context,
  board: Board,
  { plan, data }: { readonly plan: FlashPlan; readonly data: PlanData },
  lossesAccepted: LossesAccepted,
  options: RunOptions,
): Promise<OperationResult> {
  const { emit, signal } = context;
  const accepted = lossesAccepted === undefined ? {} : { lossesAccepted };
  const result = await runThroughLosses(board, plan, data, { onEvent: emit, signal, ...accepted });
  try {
    const verdict = await startFirmware(context, board, options);
    if (verdict !== undefined) tellSlot(context, plan, verdict);
  } catch (error) {
    // That a board does not boot takes nothing away from what was written and verified.
    if (isFlasherError(error)) emit({ type: "note", ...result });
    throw error;
  }
  return result;
}

/** "Done" is only said of what the boot log shows to run. @throws FlasherError `boot-other-slot` */
function tellSlot({ emit }: Context, plan: FlashPlan, verdict: BootVerdict): void {
  const { outcome, statement } = checkBoot(plan, verdict);
  if (statement === undefined) return;
  if (outcome === "other-slot") throw new FlasherError(statement.code, statement.params);
  if (plan.writes.length > 0) emit({ type: "note", ...statement });
}
