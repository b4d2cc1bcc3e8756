/** `flashwright backup`. @module */
import { FlasherError, type OperationResult, type Region, type Session, totalSize } from "@flashwright/core";
import { backUpChip, selectRegions } from "@flashwright/core/backup";
import { type Board, lastingBackup } from "@flashwright/core/board";
import type { Survey } from "@flashwright/core/diagnose";
import { saveBackup } from "../backup/save-backup.js";
import type { Context } from "../context.js";
import { checkWritable } from "../files.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { surveyChip } from "../session/survey-chip.js";
import { withSession } from "../session/with-session.js";

/** Options of `backup` beside those of the connection. */
export interface BackupOptions extends ConnectionOptions {
  readonly region?: readonly string[];
  readonly without?: readonly string[];
  readonly dryRun?: boolean;
}

/**
 * Backs up the whole chip, or some of its regions, into one ZIP that only its owner reads.
 * @throws FlasherError `file-unwritable`, `needs-stub`, `layout-not-recognised` (regions of an unknown firmware),
 * `region-unknown`, `backup-wifi-unknown`; those of connecting and reading
 */
export async function backup(
  context: Context,
  file: string | undefined,
  options: BackupOptions,
): Promise<OperationResult> {
  if (file !== undefined && options.dryRun !== true) await checkWritable(file);
  return withSession(context, options, async (session, board) => {
    session.requireStub("backing up");
    const survey = await surveyChip(context, session, { depth: "quick" });
    const regions = chosenRegions(session, survey, options.region);
    const result = options.dryRun
      ? { code: "backup-planned" as const, params: { size: totalSize(regions) } }
      : await run(context, board, { regions, survey, file, without: options.without ?? [] });
    await leaveAfterReading(context, board.session, options.after);
    return result;
  });
}

function chosenRegions(
  { flashSize }: Session,
  { layout }: Survey,
  names: readonly string[] | undefined,
): readonly Region[] {
  if (names === undefined) return [{ offset: 0, size: flashSize }];
  if (layout === undefined) throw new FlasherError("layout-not-recognised");
  return selectRegions(layout.regions, names);
}

async function run(
  context: Context,
  board: Board,
  request: {
    readonly regions: readonly Region[];
    readonly survey: Survey;
    readonly file: string | undefined;
    readonly without: readonly string[];
  },
): Promise<OperationResult> {
  const made = await backUpChip(board.session, {
    ...request,
    date: context.world.now(),
    ...lastingBackup(board, context.emit),
  });
  const path = await saveBackup(context, made, request.file);
  return { code: "backup-written", params: { file: path, size: made.bytes.length } };
}
