/**
 * Reads zip by its central directory: stored and deflated entries, without encryption and 64-bit fields.
 *
 * Written here because the reader has to survive hostile input: the library at hand allocates what a header declares,
 * and compares neither the real size nor the CRC with it.
 *
 * @module
 */
import { readHalf, readWord } from "../bytes.js";
import { FlasherError } from "../errors.js";
import { crc32 } from "../image/app-crc.js";
import { type ArchiveContent, type ArchiveEntry, entryPath } from "./archive-content.js";
import type { UnpackBudget } from "./budget.js";
import { damagedArchive, inflate } from "./inflate.js";
import { decodeName } from "./names.js";

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
/** Of the mode that Unix programs store: the type of file, and the one of a link. */
const FILE_TYPE = 0xf000;
const REGULAR = 0x8000;

interface CentralEntry {
  /** Of its record in the archive. */
  readonly offset: number;
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly unixMode: number;
  readonly localOffset: number;
}

/** Whether the bytes start as a zip does, an empty one too. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < END_SIZE) return false;
  const signature = readWord(bytes, 0);
  return signature === LOCAL || signature === END;
}

/**
 * The files of a zip; links and devices are named in `ignored`.
 * @throws FlasherError `archive-damaged` with an offset, `archive-unsupported`, `archive-path-unsafe`, `archive-too-large`,
 *   `archive-too-many-entries`, `archive-bomb`
 */
export function readZip(bytes: Uint8Array, name: string, budget: UnpackBudget): ArchiveContent {
  const files: ArchiveEntry[] = [];
  const ignored: string[] = [];
  for (const entry of readDirectory(bytes, name, budget)) {
    if (entry.name.endsWith("/")) continue;
    const type = entry.unixMode & FILE_TYPE;
    if (type !== 0 && type !== REGULAR) ignored.push(entry.name);
    else files.push({ path: entryPath(entry.name, name), bytes: readEntry(bytes, entry, budget) });
  }
  return { files, ignored };
}

function readDirectory(bytes: Uint8Array, name: string, budget: UnpackBudget): CentralEntry[] {
  const end = findEnd(bytes, name);
  const count = readHalf(bytes, end + 10);
  let offset = readWord(bytes, end + 16);
  if (count === 0xffff || offset === IN_ZIP64)
    throw new FlasherError("archive-unsupported", { name, what: "zip64" });
  const entries: CentralEntry[] = [];
  for (let index = 0; index < count; index++) {
    budget.addEntry();
    const entry = readCentral(bytes, offset, end, name);
    entries.push(entry);
    offset += recordSize(bytes, offset);
  }
  return entries;
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

function readCentral(bytes: Uint8Array, offset: number, end: number, archive: string): CentralEntry {
  if (offset + CENTRAL_SIZE > end || readWord(bytes, offset) !== CENTRAL)
    throw damagedArchive(archive, offset);
  if (offset + recordSize(bytes, offset) > end) throw damagedArchive(archive, offset);
  const nameStart = offset + CENTRAL_SIZE;
  return {
    offset,
    name: decodeName(bytes.subarray(nameStart, nameStart + readHalf(bytes, offset + 28))),
    flags: readHalf(bytes, offset + 8),
    method: readHalf(bytes, offset + 10),
    crc: readWord(bytes, offset + 16),
    packedSize: readWord(bytes, offset + 20),
    size: readWord(bytes, offset + 24),
    unixMode: readHalf(bytes, offset + 40),
    localOffset: readWord(bytes, offset + 42),
  };
}

function readEntry(bytes: Uint8Array, entry: CentralEntry, budget: UnpackBudget): Uint8Array {
  const { name, method } = entry;
  if ((entry.flags & ENCRYPTED) !== 0)
    throw new FlasherError("archive-unsupported", { name, what: "encryption" });
  if (method !== STORED && method !== DEFLATED) {
    throw new FlasherError("archive-unsupported", { name, what: `compression method ${method}` });
  }
  const { packed, offset } = packedBytes(bytes, entry);
  const unpacked =
    method === STORED ? packed : inflate({ bytes: packed, offset, format: "raw", entry: name }, budget);
  if (method === STORED) budget.addBytes(packed.length, name);
  if (unpacked.length !== entry.size || crc32(unpacked) !== entry.crc) throw damagedArchive(name, offset);
  return unpacked;
}

function packedBytes(bytes: Uint8Array, entry: CentralEntry): { packed: Uint8Array; offset: number } {
  const { name, localOffset, packedSize } = entry;
  if (localOffset + LOCAL_SIZE > bytes.length || readWord(bytes, localOffset) !== LOCAL) {
    throw damagedArchive(name, localOffset);
  }
  const names = readHalf(bytes, localOffset + 26) + readHalf(bytes, localOffset + 28);
  const offset = localOffset + LOCAL_SIZE + names;
  if (offset + packedSize > entry.offset) throw damagedArchive(name, offset);
  return { packed: bytes.subarray(offset, offset + packedSize), offset };
}
