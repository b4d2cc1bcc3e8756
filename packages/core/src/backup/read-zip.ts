/**
 * Files out of a ZIP that comes from anywhere: by its central directory, each within a limit that the caller sets.
 *
 * Names are compared, never used as paths. What is known of an entry before it is unpacked is not believed: unpacking stops
 * at the limit. Stored and deflated entries, no encryption, no ZIP64: a flash has 16 MB at most.
 *
 * @module
 */
import { Inflate } from "fflate";
import { concat, readHalf, readWord } from "../bytes.js";
import { FlasherError } from "../errors.js";
import { crc32 } from "../image/app-crc.js";

/** One file in the archive. */
export interface ZipEntry {
  readonly name: string;
  /** Where its local header starts. */
  readonly offset: number;
  readonly packedSize: number;
  readonly method: number;
  readonly crc: number;
}

const END_SIGNATURE = 0x0605_4b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_SIGNATURE = 0x0201_4b50;
const ENTRY_SIZE = 46;
const LOCAL_SIGNATURE = 0x0403_4b50;
const LOCAL_SIZE = 30;
const MOST_ENTRIES = 8192;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** Packed bytes are fed in pieces of this size: each can unpack to a thousand times as much before the limit is looked at. */
const PIECE = 0x400;

/**
 * The archive's files by name.
 * @throws FlasherError `backup-zip` with the offset where it stops making sense
 */
export function listZip(zip: Uint8Array): Map<string, ZipEntry> {
  const end = findEnd(zip);
  const count = readHalf(zip, end + 10);
  if (count > MOST_ENTRIES) throw broken(end);
  const entries = new Map<string, ZipEntry>();
  let offset = readWord(zip, end + 16);
  for (let i = 0; i < count; i++) {
    if (offset + ENTRY_SIZE > end || readWord(zip, offset) !== ENTRY_SIGNATURE) throw broken(offset);
    const nameSize = readHalf(zip, offset + 28);
    const next = offset + ENTRY_SIZE + nameSize + readHalf(zip, offset + 30) + readHalf(zip, offset + 32);
    if (next > end || (readHalf(zip, offset + 8) & ENCRYPTED) !== 0) throw broken(offset);
    const name = asciiText(zip.subarray(offset + ENTRY_SIZE, offset + ENTRY_SIZE + nameSize));
    if (entries.has(name)) throw broken(offset);
    entries.set(name, {
      name,
      offset: readWord(zip, offset + 42),
      packedSize: readWord(zip, offset + 20),
      method: readHalf(zip, offset + 10),
      crc: readWord(zip, offset + 16),
    });
    offset = next;
  }
  return entries;
}

/**
 * One file, unpacked; its CRC is right.
 * @param limit bytes that it may have
 * @throws FlasherError `backup-zip`, `backup-entry` (damaged, or longer than the limit)
 */
export function unpackEntry(zip: Uint8Array, entry: ZipEntry, limit: number): Uint8Array {
  const { offset, packedSize, method } = entry;
  if (offset + LOCAL_SIZE > zip.length || readWord(zip, offset) !== LOCAL_SIGNATURE) throw broken(offset);
  const start = offset + LOCAL_SIZE + readHalf(zip, offset + 26) + readHalf(zip, offset + 28);
  if (start + packedSize > zip.length) throw broken(offset);
  const packed = zip.subarray(start, start + packedSize);
  if (method !== STORED && method !== DEFLATED) throw broken(offset);
  const bytes = method === STORED ? packed.slice(0, limit + 1) : inflate(packed, limit, entry.name);
  if (bytes.length > limit || crc32(bytes) !== entry.crc) throw damaged(entry.name);
  return bytes;
}

function inflate(packed: Uint8Array, limit: number, name: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    size += piece.length;
  });
  try {
    for (let at = 0; at < packed.length && size <= limit; at += PIECE) {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch (cause) {
    throw new FlasherError("backup-entry", { name }, { cause });
  }
  return concat(pieces);
}

function findEnd(zip: Uint8Array): number {
  const first = Math.max(0, zip.length - END_SIZE - LONGEST_COMMENT);
  for (let offset = zip.length - END_SIZE; offset >= first; offset--) {
    if (readWord(zip, offset) === END_SIGNATURE) return offset;
  }
  throw broken(Math.max(0, zip.length - END_SIZE));
}

function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 256));
}

function broken(offset: number): FlasherError {
  return new FlasherError("backup-zip", { offset });
}

function damaged(name: string): FlasherError {
  return new FlasherError("backup-entry", { name });
}
