/**
 * Archives of every kind that is read, told apart by their content and never by their names.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { type ArchiveContent, type ArchiveEntry, refuseDuplicates } from "./archive-content.js";
import type { UnpackBudget } from "./budget.js";
import { inflate } from "./inflate.js";
import { baseName } from "./safe-path.js";
import { isTar, readTar } from "./tar.js";
import { isZip, readZip } from "./zip.js";

/** First bytes of archives that are recognised and not read. */
const unreadable: readonly { readonly what: string; readonly magic: readonly number[] }[] = [
  { what: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { what: "bzip2", magic: [0x42, 0x5a, 0x68] },
  { what: "7-Zip", magic: [0x37, 0x7a, 0xbc, 0xaf] },
  { what: "RAR", magic: [0x52, 0x61, 0x72, 0x21] },
  { what: "Zstandard", magic: [0x28, 0xb5, 0x2f, 0xfd] },
];

/** Whether `openArchive` would unpack the bytes, or refuse them as an archive that is not read. */
export function isArchive(bytes: Uint8Array): boolean {
  return isGzip(bytes) || isZip(bytes) || isTar(bytes) || findUnreadable(bytes) !== undefined;
}

/**
 * The files of an archive: zip, tar, gzipped tar, or one gzipped file, which is named like the archive without its ending.
 * An archive within is a file like any other here, except that a tar in gzip counts as one archive.
 * @throws FlasherError `archive-unsupported`, `archive-damaged` (with an offset), `archive-too-large`, `archive-bomb`,
 *   `archive-too-many-entries`, `archive-path-unsafe`, `archive-duplicate`
 */
export function openArchive(file: ArchiveEntry, budget: UnpackBudget): ArchiveContent {
  const content = unpack(file, budget);
  refuseDuplicates(content.files, file.path);
  return content;
}

function unpack({ path, bytes }: ArchiveEntry, budget: UnpackBudget): ArchiveContent {
  const format = findUnreadable(bytes);
  if (format !== undefined) throw new FlasherError("archive-unsupported", { name: path, what: format });
  if (isZip(bytes)) return readZip(bytes, path, budget);
  if (isTar(bytes)) return readTar(bytes, path, budget);
  const unpacked = inflate({ bytes, offset: 0, format: "wrapped", entry: path }, budget);
  if (isTar(unpacked)) return readTar(unpacked, path, budget);
  budget.addEntry();
  return { files: [{ path: withoutGz(path), bytes: unpacked }], ignored: [] };
}

/** Gzip, with the only method there is. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 18 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

function findUnreadable(bytes: Uint8Array): string | undefined {
  return unreadable.find(({ magic }) => magic.every((byte, index) => bytes[index] === byte))?.what;
}

/** The path without the ending of a gzipped file; a name that is only that stays. */
function withoutGz(path: string): string {
  const short = path.replace(/\.t?gz$/i, "");
  return baseName(short) === "" ? path : short;
}
