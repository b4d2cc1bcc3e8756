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
