/** Before something is lost it is saved, whether or not anybody thought of it. @module */
import type { Region } from "@flashwright/core";
import { backUpChip, openBackup } from "@flashwright/core/backup";
import { type Board, lastingBackup } from "@flashwright/core/board";
import type { Survey } from "@flashwright/core/diagnose";
import type { BackupReason } from "../backup/backup-event.js";
import { keepBackup } from "../backup/save-backup.js";
import type { Context } from "../context.js";

/**
 * Saves what regions hold to the data folder, and proves that it can be read again. Emits a `backup` event, which makes the
 * views say where it is in their very last line.
 * @param regions whole or parts of sectors; what shares a sector is saved with them
 * @param why is about to change them
 * @param survey of this chip in the present session, with nothing written since: what it knows is not read again, and it names the
 * regions
 * @returns the file; `undefined` where all of it is blank and nothing can be lost
 * @throws FlasherError `needs-stub` (the ROM loader cannot read), `file-unwritable`, those of reading
 */
export async function backUpBefore(
  context: Context,
  board: Board,
  regions: readonly Region[],
  why: BackupReason,
  survey?: Survey,
): Promise<string | undefined> {
  if (regions.length === 0) return undefined;
  const backup = await backUpChip(board.session, {
    regions,
    survey,
    date: context.world.now(),
    ...lastingBackup(board, context.emit),
  });
  if (backup.manifest.files.length === 0) return undefined;
  openBackup(backup.bytes);
  return keepBackup(context, backup, why);
}
