/** Putting right what the doctor found, with as little change as that takes. @module */
import { esp8266, Intent, type OperationResult, planByContents, surveyedChip } from "@flashwright/core";
import type { Board } from "@flashwright/core/board";
import type { Fix } from "@flashwright/core/diagnose";
import type { FirmwarePackage } from "@flashwright/core/packages";
import { type HeaderWish, headerFor } from "../arguments/flash-header.js";
import type { Context } from "../context.js";
import type { ConsentOptions } from "../session/agree.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { lookOptions, surveyChip } from "../session/survey-chip.js";
import { acceptLosses } from "./accept-losses.js";
import { runAndWatch } from "./run-plan.js";

/** What is to be done. */
export interface Repair {
  readonly fixes: readonly Fix[];
  /** Needed where a fix writes firmware. */
  readonly firmware: FirmwarePackage | undefined;
  /** Fields of the header that somebody asked for. */
  readonly header: HeaderWish;
}

/** How it is to be done. */
export interface RepairOptions extends ConnectionOptions, ConsentOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  /** `false` after `--no-watch`. */
  readonly watch: boolean;
}

/**
 * Connects, looks again (the board has run since the diagnosis), plans, saves what would be lost, writes, and watches.
 * @throws FlasherError those of connecting, planning (`recover-needs-package`) and running; the reason where the board does
 * not boot afterwards
 */
export async function repair(
  context: Context,
  board: Board,
  { fixes, firmware, header }: Repair,
  options: RepairOptions,
): Promise<OperationResult> {
  const { emit } = context;
  const session = await board.connect();
  const survey = await surveyChip(context, session, { depth: "quick" });
  const request = {
    intent: Intent.recover,
    target: esp8266,
    chip: surveyedChip(session),
    survey,
    fixes,
    header: headerFor(header, session.flashSize, esp8266),
    ...(firmware === undefined ? {} : { package: firmware, force: options.force === true }),
  };
  const planned = await planByContents(session, request, lookOptions(context));
  emit({ type: "planned", plan: planned.plan });
  if (options.dryRun) {
    await leaveAfterReading(context, session, options.after);
    return { code: "plan-made", params: {} };
  }
  const accepted = await acceptLosses(context, board, planned, "recover", options);
  return runAndWatch(context, board, planned, accepted, options);
}
