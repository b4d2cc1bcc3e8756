/**
 * From a file to a backup of which every byte is proven.
 *
 * @module
 */
import { refuseDuplicates } from "../archives/archive-content.js";
import { UnpackBudget } from "../archives/budget.js";
import { listZip, unpackZipEntry, type ZipEntry } from "../archives/zip.js";
import { toHex } from "../bytes.js";
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError, isFlasherError } from "../errors.js";
import { utf8OrLatin1 } from "../utf8.js";
import { type BackupManifest, BackupState, parseManifest } from "./manifest.js";
import { assemble, type SparseFlash } from "./sparse-flash.js";

/** A backup that was opened: what it says, and the bytes. */
export interface Backup {
  readonly manifest: BackupManifest;
  readonly flash: SparseFlash;
}

/** The longest manifest: a 16 MB flash with every other sector used has about 1 MB of it. */
const LONGEST_MANIFEST = 0x40_0000;

/** A file begins where a sector or a region does: 16 MB have 4096 sectors. */
const MOST_ENTRIES = 8192;

/**
 * Opens a backup. Memory is bounded by the size of flash that the manifest names, 16 MB at most, whatever the ZIP claims.
 * @throws FlasherError `backup-zip` (with the code and the words of what is wrong with the ZIP), `backup-entry` (with the name:
 * missing, damaged or too long), `backup-format` (with the field), `backup-version`, `backup-digest` (SHA-256 of a file or a
 * region is not that of the manifest)
 */
export function openBackup(zip: Uint8Array, codecs: Codecs = defaultCodecs): Backup {
  const entries = listFiles(zip);
  const read = (name: string, limit: number) => readFile(zip, entries.get(name), name, limit);
  const manifest = parseManifest(parseJson(read("manifest.json", LONGEST_MANIFEST)));
  const pieces = manifest.files.map(({ path, offset, size, sha256 }) => {
    const bytes = read(path, size);
    if (bytes.length !== size) throw new FlasherError("backup-entry", { name: path });
    if (toHex(codecs.sha256(bytes)) !== sha256) throw new FlasherError("backup-digest", { name: path });
    return { offset, bytes };
  });
  const flash = { covers: manifest.covers, pieces };
  checkRegions(manifest, flash, codecs);
  return { manifest, flash };
}

function listFiles(zip: Uint8Array): Map<string, ZipEntry> {
  const name = "Its ZIP";
  try {
    const { entries } = listZip(zip, name, new UnpackBudget(0, MOST_ENTRIES));
    refuseDuplicates(entries, name);
    return new Map(entries.map((entry) => [entry.path, entry]));
  } catch (error) {
    if (!isFlasherError(error)) throw error;
    throw new FlasherError("backup-zip", { cause: error.code, reason: error.message }, { cause: error });
  }
}

function readFile(zip: Uint8Array, entry: ZipEntry | undefined, name: string, limit: number): Uint8Array {
  if (entry === undefined) throw new FlasherError("backup-entry", { name });
  try {
    return unpackZipEntry(zip, entry, new UnpackBudget(limit));
  } catch (error) {
    // What is wrong with it stays in the cause: whatever it is, another copy is what helps.
    throw isFlasherError(error) ? new FlasherError("backup-entry", { name }, { cause: error }) : error;
  }
}

function checkRegions({ regions }: BackupManifest, flash: SparseFlash, codecs: Codecs): void {
  for (const region of regions) {
    if (region.state === BackupState.leftOut) continue;
    const digest = toHex(codecs.sha256(assemble(region, flash)));
    if (digest !== region.sha256) throw new FlasherError("backup-digest", { name: region.id });
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8OrLatin1(bytes));
  } catch (cause) {
    throw new FlasherError("backup-format", { path: "manifest.json" }, { cause });
  }
}
