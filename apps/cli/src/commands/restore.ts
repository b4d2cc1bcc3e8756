/** `flashwright restore`. @module */
import {
  esp8266,
  type FlashPlan,
  gatherContents,
  Intent,
  type OperationResult,
  type PlannedFlash,
  planFlash,
  type Region,
  type Session,
  totalSize,
} from "@flashwright/core";
import { type Backup, openBackup, planRestore } from "@flashwright/core/backup";
import { type Board, leaveBoard, runThroughLosses } from "@flashwright/core/board";
import { type Survey, sessionSource } from "@flashwright/core/diagnose";
import { summaryOfBackup } from "../backup/save-backup.js";
import type { Context } from "../context.js";
import { readBytes } from "../files.js";
import { agreeToLose, type ConsentOptions } from "../session/agree.js";
import { backUpBefore } from "../session/backup-first.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { afterWriting, leaveAfterReading } from "../session/leave-board.js";
import { surveyChip } from "../session/survey-chip.js";
import { withSession } from "../session/with-session.js";

/** Options of `restore` beside those of the connection. */
export interface RestoreOptions extends ConnectionOptions, ConsentOptions {
  readonly region?: readonly string[];
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Puts a backup, or some of its regions, back where it came from. The file is proven before the port is opened; sectors that
 * are right already are left alone, and what the others hold is saved first.
 * @throws FlasherError those of `openBackup` and `planRestore`; `file-missing`, `needs-stub`, `backup-refused`; those of
 * connecting, reading and running a plan
 */
export async function restore(
  context: Context,
  file: string,
  options: RestoreOptions,
): Promise<OperationResult> {
  const backup = openBackup(await readBytes(file));
  return withSession(context, options, async (session, board) => {
    session.requireStub("restoring a backup");
    const survey = await surveyChip(context, session, { depth: "quick" });
    const planned = await planFor(context, session, survey, backup, options);
    const changes = changesOf(planned.plan);
    if (options.dryRun === true || changes.length === 0) {
      await leaveAfterReading(context, session, options.after);
      return changes.length === 0
        ? { code: "restore-unneeded", params: {} }
        : { code: "restore-planned", params: sizesOf(planned.plan) };
    }
    await saveFirst(context, board, survey, changes, options);
    const { emit, signal } = context;
    await runThroughLosses(board, planned.plan, planned.data, {
      onEvent: emit,
      signal,
      lossesAccepted: options.backup ? "backed-up" : "yes",
    });
    await leaveBoard(board.session, afterWriting(board.session, options.after), { onEvent: emit, signal });
    return { code: "restore-done", params: sizesOf(planned.plan) };
  });
}

async function planFor(
  { emit, signal }: Context,
  session: Session,
  survey: Survey,
  backup: Backup,
  { region, force }: RestoreOptions,
): Promise<PlannedFlash> {
  const { chip, flash, flashSize, loader } = session;
  const { images, erases, regions, warnings } = planRestore({
    backup,
    chip: { mac: chip.mac, flashSize },
    regions: region,
    force,
  });
  emit({ type: "restore", from: summaryOfBackup(backup.manifest), regions });
  for (const warning of warnings) emit({ type: "warning", ...warning });
  const request = {
    intent: Intent.restore,
    target: esp8266,
    chip: { mac: chip.mac, flashSize, loader: loader.kind, flashId: flash.id },
    survey,
    regions: images,
    blank: erases,
  };
  const contents = await gatherContents(sessionSource(session, { signal }), request, { signal });
  const planned = planFlash({ ...request, contents });
  if (changesOf(planned.plan).length > 0) emit({ type: "planned", plan: planned.plan });
  return planned;
}

/** What the plan changes, program or data: a restore may be what breaks a board that worked. */
function changesOf({ writes, erases }: FlashPlan): Region[] {
  return [...writes.map((write) => write.erases), ...erases];
}

function sizesOf({ writes, erases, accounts }: FlashPlan) {
  return {
    written: totalSize(writes.map(({ region }) => region)),
    erased: totalSize(erases),
    equal: totalSize(accounts.filter(({ fate }) => fate === "equal").map(({ region }) => region)),
  };
}

async function saveFirst(
  context: Context,
  board: Board,
  survey: Survey,
  changes: readonly Region[],
  options: RestoreOptions,
): Promise<void> {
  if (options.backup) await backUpBefore(context, board, changes, "restore", survey);
  else await agreeToLose(context, "What the chip holds now is replaced.", options);
}
