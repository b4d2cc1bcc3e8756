/**
 * Reads zip by its central directory: stored and deflated entries, without encryption and 64-bit fields.
 *
 * Written here because fflate's `unzipSync`, the one at hand that is synchronous and free of a platform, compares no CRC, cuts
 * off without a word what is longer than declared, and shows its filter neither the encryption flag nor the mode that tells a
 * link; the directory, and so the offsets for errors, would be read here all the same. Unpacking itself is pako's.
 *
 * @module
 */
import { readHalf, readWord } from "../bytes.js";
import { FlasherError } from "../errors.js";
import { crc32 } from "../image/app-crc.js";
import { utf8OrLatin1 } from "../utf8.js";
import { type ArchiveContent, entryPath } from "./archive-content.js";
import type { UnpackBudget } from "./budget.js";
import { damagedArchive, inflate } from "./inflate.js";

const LOCAL = 0x0403_4b50;
const CENTRAL = 0x0201_4b50;
const END = 0x0605_4b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
/** Fields with this value are kept in 64-bit extensions. */
const IN_ZIP64 = 0xffff_ffff;

const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
/** Of the mode that Unix programs store: the bits of the kind of file, and the one of a file with bytes. */
const FILE_TYPE = 0xf000;
const REGULAR = 0x8000;

/** What the directory says of an entry; nothing of it is believed before `unpackZipEntry` has compared it. */
export interface ZipEntry {
  /** Safe: see `safePath`. */
  readonly path: string;
  /** Bytes that it says to unpack to. */
  readonly size: number;
  readonly packedSize: number;
  readonly crc: number;
  readonly flags: number;
  readonly method: number;
  /** Of its record in the directory. */
  readonly recordOffset: number;
  /** Of its local header, which its bytes follow. */
  readonly localOffset: number;
}

/** What is in a zip, with nothing unpacked yet. */
export interface ZipListing {
  readonly entries: readonly ZipEntry[];
  /** Names of links and devices. */
  readonly ignored: readonly string[];
}

/** Whether the bytes start as a zip does, an empty one too. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < END_SIZE) return false;
  const signature = readWord(bytes, 0);
  return signature === LOCAL || signature === END;
}

/**
 * The files of a zip; links and devices are named in `ignored`.
 * @throws FlasherError as `listZip` and `unpackZipEntry` do
 */
export function readZip(bytes: Uint8Array, name: string, budget: UnpackBudget): ArchiveContent {
  const { entries, ignored } = listZip(bytes, name, budget);
  const files = entries.map((entry) => ({ path: entry.path, bytes: unpackZipEntry(bytes, entry, budget) }));
  return { files, ignored };
}

/**
 * The directory of a zip, without its folders.
 * @param name of the archive, for errors
 * @throws FlasherError `archive-damaged` with an offset, `archive-unsupported`, `archive-path-unsafe`,
 *   `archive-too-many-entries`
 */
export function listZip(bytes: Uint8Array, name: string, budget: UnpackBudget): ZipListing {
  const end = findEnd(bytes, name);
  const count = readHalf(bytes, end + 10);
  let offset = readWord(bytes, end + 16);
  if (count === 0xffff || offset === IN_ZIP64)
    throw new FlasherError("archive-unsupported", { name, what: "zip64" });
  const entries: ZipEntry[] = [];
  const ignored: string[] = [];
  for (let index = 0; index < count; index++) {
    budget.addEntry();
    checkRecord(bytes, offset, end, name);
    const entryName = nameIn(bytes, offset);
    const isFolder = entryName.endsWith("/");
    if (!isFolder && isSpecial(bytes, offset)) ignored.push(entryName);
    else if (!isFolder) entries.push(readRecord(bytes, offset, entryPath(entryName, name)));
    offset += recordSize(bytes, offset);
  }
  return { entries, ignored };
}

/** The end record is the last one whose comment reaches exactly to the end of the file. */
function findEnd(bytes: Uint8Array, name: string): number {
  const first = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  for (let offset = bytes.length - END_SIZE; offset >= first; offset--) {
    if (readWord(bytes, offset) !== END) continue;
    if (offset + END_SIZE + readHalf(bytes, offset + 20) === bytes.length) return offset;
  }
  throw damagedArchive(name, bytes.length);
}

function recordSize(bytes: Uint8Array, offset: number): number {
  return (
    CENTRAL_SIZE + readHalf(bytes, offset + 28) + readHalf(bytes, offset + 30) + readHalf(bytes, offset + 32)
  );
}

function checkRecord(bytes: Uint8Array, offset: number, end: number, archive: string): void {
  if (offset + CENTRAL_SIZE > end || readWord(bytes, offset) !== CENTRAL)
    throw damagedArchive(archive, offset);
  if (offset + recordSize(bytes, offset) > end) throw damagedArchive(archive, offset);
}

function nameIn(bytes: Uint8Array, record: number): string {
  const start = record + CENTRAL_SIZE;
  return utf8OrLatin1(bytes.subarray(start, start + readHalf(bytes, record + 28)));
}

/** Whether the mode that Unix programs store is that of a link or a device. Other programs store none. */
function isSpecial(bytes: Uint8Array, record: number): boolean {
  const type = readHalf(bytes, record + 40) & FILE_TYPE;
  return type !== 0 && type !== REGULAR;
}

function readRecord(bytes: Uint8Array, offset: number, path: string): ZipEntry {
  return {
    path,
    flags: readHalf(bytes, offset + 8),
    method: readHalf(bytes, offset + 10),
    crc: readWord(bytes, offset + 16),
    packedSize: readWord(bytes, offset + 20),
    size: readWord(bytes, offset + 24),
    recordOffset: offset,
    localOffset: readWord(bytes, offset + 42),
  };
}

/**
 * The bytes of an entry of `listZip`: as many as it says, and with the CRC that it says.
 * @throws FlasherError `archive-damaged` with an offset, `archive-unsupported`, `archive-too-large`, `archive-bomb`
 */
export function unpackZipEntry(bytes: Uint8Array, entry: ZipEntry, budget: UnpackBudget): Uint8Array {
  const { path, method, size } = entry;
  if ((entry.flags & ENCRYPTED) !== 0)
    throw new FlasherError("archive-unsupported", { name: path, what: "encryption" });
  if (method !== STORED && method !== DEFLATED) {
    throw new FlasherError("archive-unsupported", { name: path, what: `compression method ${method}` });
  }
  const { packed, offset } = packedBytes(bytes, entry);
  if (method === STORED) budget.addBytes(packed.length, path);
  const unpacked =
    method === STORED ? packed : inflate({ bytes: packed, offset, format: "raw", entry: path, size }, budget);
  if (unpacked.length !== size || crc32(unpacked) !== entry.crc) throw damagedArchive(path, offset);
  return unpacked;
}

function packedBytes(bytes: Uint8Array, entry: ZipEntry): { packed: Uint8Array; offset: number } {
  const { path, localOffset, packedSize } = entry;
  if (localOffset + LOCAL_SIZE > bytes.length || readWord(bytes, localOffset) !== LOCAL) {
    throw damagedArchive(path, localOffset);
  }
  const names = readHalf(bytes, localOffset + 26) + readHalf(bytes, localOffset + 28);
  const offset = localOffset + LOCAL_SIZE + names;
  if (offset + packedSize > entry.recordOffset) throw damagedArchive(path, offset);
  return { packed: bytes.subarray(offset, offset + packedSize), offset };
}
