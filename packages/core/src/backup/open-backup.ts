/**
 * From a file to a backup of which every byte is proven.
 *
 * @module
 */
import { strFromU8 } from "fflate";
import { toHex } from "../bytes.js";
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { type BackupManifest, BackupState, parseManifest } from "./manifest.js";
import { listZip, unpackEntry } from "./read-zip.js";
import { assemble, type SparseFlash } from "./sparse-flash.js";

/** A backup that was opened: what it says, and the bytes. */
export interface Backup {
  readonly manifest: BackupManifest;
  readonly flash: SparseFlash;
}

/** The longest manifest: a 16 MB flash with every other sector used has about 1 MB of it. */
const LONGEST_MANIFEST = 0x40_0000;

/**
 * Opens a backup. Memory is bounded by the size of flash that the manifest names, 16 MB at most, whatever the ZIP claims.
 * @throws FlasherError `backup-zip` (with the offset), `backup-entry` (with the name: missing, damaged or too long),
 * `backup-format` (with the field), `backup-version`, `backup-digest` (SHA-256 of a file or a region is not that of the
 * manifest)
 */
export function openBackup(zip: Uint8Array, codecs: Codecs = defaultCodecs): Backup {
  const entries = listZip(zip);
  const read = (name: string, limit: number): Uint8Array => {
    const entry = entries.get(name);
    if (entry === undefined) throw new FlasherError("backup-entry", { name });
    return unpackEntry(zip, entry, limit);
  };
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

function checkRegions({ regions }: BackupManifest, flash: SparseFlash, codecs: Codecs): void {
  for (const region of regions) {
    if (region.state === BackupState.leftOut) continue;
    const digest = toHex(codecs.sha256(assemble(region, flash)));
    if (digest !== region.sha256) throw new FlasherError("backup-digest", { name: region.id });
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw new FlasherError("backup-format", { path: "manifest.json" }, { cause });
  }
}
