/** How this program reads a chip for a backup: through losses of its port. @module */
import { type ChipBackupRequest, readBackupAgain } from "@flashwright/core/backup";
import type { Context } from "../context.js";
import type { Board } from "../session/board.js";
import { lastingSource } from "../session/lasting-source.js";

/**
 * For `backUpChip`: after a loss of the connection it goes on with what is missing, and in the end all of it is compared with
 * the chip once more.
 */
export function backupOptions(
  context: Context,
  board: Board,
): Pick<ChipBackupRequest, "date" | "onEvent" | "signal" | "source" | "complete"> {
  const { emit: onEvent, signal, world } = context;
  const lossesBefore = board.losses;
  return {
    date: world.now(),
    onEvent,
    signal,
    source: (tell) => lastingSource(context, board, tell),
    complete: async (read) =>
      board.losses === lossesBefore
        ? read
        : board.through((session) => readBackupAgain(session, read, { onEvent, signal })),
  };
}
