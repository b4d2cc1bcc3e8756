/**
 * What comes out of an archive.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { safePath } from "./safe-path.js";

/** A file in an archive. */
export interface ArchiveEntry {
  /** Safe: see `safePath`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** All of it. */
export interface ArchiveContent {
  readonly files: readonly ArchiveEntry[];
  /** Names of links and devices, which are never followed nor made. */
  readonly ignored: readonly string[];
}

/** The path of an entry, made safe. @throws FlasherError `archive-path-unsafe` */
export function entryPath(path: string, archive: string): string {
  const safe = safePath(path);
  if (safe === undefined)
    throw new FlasherError("archive-path-unsafe", { archive, path: path.slice(0, 200) });
  return safe;
}

/**
 * Two entries of one name are refused: which of them counts depends on the program that unpacks.
 * @throws FlasherError `archive-duplicate`
 */
export function refuseDuplicates(entries: readonly Pick<ArchiveEntry, "path">[], archive: string): void {
  const seen = new Set<string>();
  for (const { path } of entries) {
    if (seen.has(path)) throw new FlasherError("archive-duplicate", { archive, path });
    seen.add(path);
  }
}
