/** Regions of a chip as a file to keep. @module */
import { describe, type MadePlan, type Region, shortSize, totalSize } from "@flashwright/core";
import { backUpChip, backupName, openBackup } from "@flashwright/core/backup";
import { type Board, lastingBackup } from "@flashwright/core/board";
import type { Survey } from "@flashwright/core/diagnose";
import type { BackupReport, PlanReport } from "../report/reports.js";
import { words } from "../words/words.js";
import type { LinkWork } from "./board-link.js";

/**
 * What is saved before a plan runs: what it loses and what a person stored; where somebody's own bytes are erased or
 * replaced, everything that changes.
 */
export function regionsToSave({ plan, backup }: MadePlan, kind: PlanReport["kind"]): readonly Region[] {
  if (kind === "firmware" || kind === "repair") return backup;
  return [...plan.writes.map(({ erases }) => erases), ...plan.erases];
}

/**
 * Reads, also through losses of the port, packs, and proves that what was packed can be opened again.
 * @param survey of this chip in the present session, with nothing written since
 * @throws FlasherError `needs-stub`, those of reading
 */
export async function saveRegions(
  board: Board,
  regions: readonly Region[],
  survey: Survey | undefined,
  { onEvent }: LinkWork,
): Promise<BackupReport> {
  const { bytes, manifest } = await backUpChip(board.session, {
    regions,
    survey,
    date: new Date(),
    ...lastingBackup(board, onEvent),
  });
  openBackup(bytes);
  const { wifi, files, covers } = manifest;
  const contents = words.backup.contents(shortSize(totalSize(files)), shortSize(totalSize(covers)));
  return {
    name: `flashwright-${backupName(manifest)}.zip`,
    file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    summary: `${contents} ${describe(`backup-wifi-${wifi}`, {}).message}`,
    holdsSecrets: wifi === "held" || wifi === "unknown",
    isEmpty: files.length === 0,
  };
}
