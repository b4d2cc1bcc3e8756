/**
 * What was read for a backup in one session, brought up to date in another.
 *
 * @module
 */
import type { EventListener } from "../flash/event.js";
import { readAgain } from "../flash/read-again.js";
import type { Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";
import { assemble, byOffset, type SparseFlash, usedSectors } from "./sparse-flash.js";

/**
 * Compares all that a backup is to speak for with the chip, blank sectors too, and reads again what the board has changed
 * since: between two sessions its firmware may have run. Afterwards all of it is of one moment.
 * @throws FlasherError `needs-stub`, those of reading; the signal's reason
 */
export async function readBackupAgain(
  session: Session,
  contents: SparseFlash,
  options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
): Promise<SparseFlash> {
  const pieces = [];
  for (const cover of contents.covers) {
    const bytes = assemble(cover, contents);
    await readAgain(session, cover.offset, bytes, options);
    pieces.push(...usedSectors(cover.offset, bytes));
  }
  return { covers: contents.covers, pieces: pieces.sort(byOffset) };
}
