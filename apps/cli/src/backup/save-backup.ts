/** A backup becomes a file that only its owner reads. @module */
import { join } from "node:path";
import { type BackupManifest, backupName, type MadeBackup } from "@flashwright/core/backup";
import type { Context } from "../context.js";
import { freePath, makeFolder, writeSecret } from "../files.js";
import type { BackupReason, BackupSummary } from "./backup-event.js";

/**
 * Writes a backup where it was wished.
 * @param file as typed; by default a name with MAC and date in the current folder, which replaces no file
 * @returns the path
 * @throws FlasherError `file-unwritable`
 */
export async function saveBackup(
  context: Context,
  backup: MadeBackup,
  file: string | undefined,
): Promise<string> {
  const path = file ?? (await freePath(`flashwright-${backupName(backup.manifest)}.zip`));
  return write(context, backup, path);
}

/**
 * Writes a backup that nobody asked for to the data folder, beside those before it.
 * @returns the path
 * @throws FlasherError `file-unwritable`
 */
export async function keepBackup(
  context: Context,
  backup: MadeBackup,
  before: BackupReason,
): Promise<string> {
  const folder = join(context.world.dataFolder, "backups");
  await makeFolder(folder, 0o700);
  const path = await freePath(join(folder, `${backupName(backup.manifest)}-before-${before}.zip`));
  return write(context, backup, path, before);
}

async function write(
  { emit }: Context,
  { bytes, manifest }: MadeBackup,
  file: string,
  before?: BackupReason,
): Promise<string> {
  await writeSecret(file, bytes);
  emit({
    type: "backup",
    file,
    size: bytes.length,
    ...(before === undefined ? {} : { before }),
    ...summaryOfBackup(manifest),
  });
  return file;
}

/** What everybody may read of a backup. */
export function summaryOfBackup({ chip, date, wifi, regions, covers, files }: BackupManifest): BackupSummary {
  const total = (list: readonly { readonly size: number }[]) => list.reduce((sum, { size }) => sum + size, 0);
  return {
    mac: chip.mac,
    date,
    wifi,
    regions: regions.map(({ sha256, ...region }) => region),
    coveredBytes: total(covers),
    usedBytes: total(files),
  };
}
