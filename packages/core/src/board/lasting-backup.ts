/**
 * Reading a chip for a backup through losses of its port.
 *
 * @module
 */
import type { ChipBackupRequest } from "../backup/back-up-chip.js";
import { readBackupAgain } from "../backup/read-backup-again.js";
import type { EventListener } from "../flash/event.js";
import type { Board } from "./board.js";
import { lastingSource } from "./lasting-source.js";

/**
 * For `backUpChip`: after a loss of the connection it goes on with what is missing, and in the end all of it is compared with
 * the chip once more.
 */
export function lastingBackup(
  board: Board,
  onEvent: EventListener,
): Required<Pick<ChipBackupRequest, "onEvent" | "signal" | "source" | "complete">> {
  const { signal } = board;
  const lossesBefore = board.losses;
  return {
    onEvent,
    signal,
    source: (tell) => lastingSource(board, tell),
    complete: async (read) =>
      board.losses === lossesBefore
        ? read
        : board.through((session) => readBackupAgain(session, read, { onEvent, signal })),
  };
}
