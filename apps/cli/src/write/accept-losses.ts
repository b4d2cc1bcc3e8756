/** What a plan loses is saved first, or somebody says yes to losing it. @module */
import { type FlashPlan, formatOffset, type MadePlan } from "@flashwright/core";
import type { Board } from "@flashwright/core/board";
import type { BackupReason } from "../backup/backup-event.js";
import type { Context } from "../context.js";
import { agreeToLose, type ConsentOptions } from "../session/agree.js";
import { backUpBefore } from "../session/backup-first.js";

/** How losses were accepted, for `runPlan`; `undefined` where there are none. */
export type LossesAccepted = "backed-up" | "yes" | undefined;

/**
 * Saves what the plan says has to be saved. With `--no-backup`, or with the ROM loader, which cannot read, losses need a
 * yes: by option, or typed.
 * @throws FlasherError `backup-refused`; those of the backup
 */
export async function acceptLosses(
  context: Context,
  board: Board,
  { plan, backup, survey }: Pick<MadePlan, "plan" | "backup" | "survey">,
  why: BackupReason,
  options: ConsentOptions,
): Promise<LossesAccepted> {
  const canSave = options.backup && board.session.loader.kind === "stub";
  if (canSave) await backUpBefore(context, board, backup, why, survey);
  const lost = plan.accounts.filter(({ fate }) => fate === "lost");
  if (lost.length === 0) return undefined;
  if (canSave) return "backed-up";
  await agreeToLose(context, `This loses ${namesOf(lost)}.`, { ...options, backup: false });
  return "yes";
}

function namesOf(lost: FlashPlan["accounts"]): string {
  const names = lost.flatMap(({ holds, region }) =>
    holds.length > 0 ? holds : [formatOffset(region.offset)],
  );
  return [...new Set(names)].join(", ");
}
