/**
 * Reads tar: ustar, with GNU's long names and the two pax fields that matter (path, size).
 *
 * Written here because nanotar and untar.js check no checksum and believe the sizes in headers (nanotar does not come back
 * from a negative one), and modern-tar, which is strict, works on streams of the Web alone; none says where an archive is damaged.
 *
 * @module
 */

import { utf8OrLatin1 } from "../utf8.js";
import { type ArchiveContent, type ArchiveEntry, entryPath } from "./archive-content.js";
import type { UnpackBudget } from "./budget.js";
import { damagedArchive } from "./inflate.js";

const BLOCK = 512;

/** Kinds of entries, by the byte at 156. */
const isFile = (type: string) => type === "0" || type === "\0" || type === "7";
const DIRECTORY = "5";
const PAX = "x";
const PAX_GLOBAL = "g";
const GNU_LONG_NAME = "L";
const GNU_LONG_LINK = "K";

interface TarHeader {
  readonly offset: number;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** What a header entry says of the entry behind it. */
interface Overrides {
  readonly name?: string;
  readonly size?: number;
}

/** Whether the first block is a tar header: its checksum is right. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && bytes[0] !== 0 && hasChecksum(bytes.subarray(0, BLOCK));
}

/**
 * The files of a tar; links and devices are named in `ignored`. Views of `bytes`, no copies.
 * @throws FlasherError `archive-damaged` with the offset of the header, `archive-path-unsafe`, `archive-too-many-entries`
 */
export function readTar(bytes: Uint8Array, name: string, budget: UnpackBudget): ArchiveContent {
  const files: ArchiveEntry[] = [];
  const ignored: string[] = [];
  let overrides: Overrides = {};
  for (let offset = 0; offset + BLOCK <= bytes.length && bytes[offset] !== 0; ) {
    const header = readHeader(bytes, offset, name);
    const size = overrides.size ?? header.size;
    const data = dataOf(bytes, offset, size, name);
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    budget.addEntry();
    if (describesNext(header.type)) {
      overrides = { ...overrides, ...readOverrides(header, data, name) };
      continue;
    }
    const path = overrides.name ?? header.name;
    overrides = {};
    if (isFile(header.type)) files.push({ path: entryPath(path, name), bytes: data });
    else if (header.type !== DIRECTORY && header.type !== PAX_GLOBAL) ignored.push(path);
  }
  return { files, ignored };
}

function describesNext(type: string): boolean {
  return type === PAX || type === GNU_LONG_NAME || type === GNU_LONG_LINK;
}

function readHeader(bytes: Uint8Array, offset: number, archive: string): TarHeader {
  const block = bytes.subarray(offset, offset + BLOCK);
  if (!hasChecksum(block)) throw damagedArchive(archive, offset);
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) throw damagedArchive(archive, offset + 124);
  const isUstar = utf8OrLatin1(block.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? readText(block.subarray(345, 500)) : "";
  const name = readText(block.subarray(0, 100));
  return {
    offset,
    name: prefix === "" ? name : `${prefix}/${name}`,
    size,
    type: String.fromCharCode(block[156]),
  };
}

function dataOf(bytes: Uint8Array, offset: number, size: number, archive: string): Uint8Array {
  const start = offset + BLOCK;
  if (size > bytes.length - start) throw damagedArchive(archive, start);
  return bytes.subarray(start, start + size);
}

/** The sum of the header's bytes with blanks in the place of the sum; old programs summed signed bytes. */
function hasChecksum(block: Uint8Array): boolean {
  const stored = readNumber(block.subarray(148, 156));
  let sum = 0;
  let signedSum = 0;
  for (let index = 0; index < BLOCK; index++) {
    const byte = index >= 148 && index < 156 ? 0x20 : block[index];
    sum += byte;
    signedSum += (byte << 24) >> 24;
  }
  return stored === sum || stored === signedSum;
}

/** Octal digits, or GNU's binary form with the top bit set; `undefined` for anything else, a negative number too. */
function readNumber(field: Uint8Array): number | undefined {
  if (field[0] === 0x80) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = readText(field).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

function readOverrides({ type, offset }: TarHeader, data: Uint8Array, archive: string): Overrides {
  if (type === GNU_LONG_LINK) return {};
  if (type === GNU_LONG_NAME) return { name: readText(data) };
  const fields = readPax(data);
  if (fields === undefined) throw damagedArchive(archive, offset + BLOCK);
  const size = fields.get("size");
  const name = fields.get("path");
  if (size !== undefined && !/^\d{1,12}$/.test(size)) throw damagedArchive(archive, offset + BLOCK);
  return {
    ...(name === undefined ? {} : { name }),
    ...(size === undefined ? {} : { size: Number(size) }),
  };
}

/** Records `<length> <key>=<value>\n`, whose length counts all of itself; `undefined` where one does not add up. */
function readPax(data: Uint8Array): Map<string, string> | undefined {
  const fields = new Map<string, string>();
  for (let offset = 0; offset < data.length && data[offset] !== 0; ) {
    const digits = /^(\d{1,9}) /.exec(utf8OrLatin1(data.subarray(offset, offset + 10)));
    const length = Number(digits?.[1]);
    if (!(length >= 5) || offset + length > data.length || data[offset + length - 1] !== 0x0a)
      return undefined;
    const record = utf8OrLatin1(data.subarray(offset + digits![0].length, offset + length - 1));
    const equals = record.indexOf("=");
    if (equals > 0) fields.set(record.slice(0, equals), record.slice(equals + 1));
    offset += length;
  }
  return fields;
}

/** Up to the first zero byte. */
function readText(field: Uint8Array): string {
  const end = field.indexOf(0);
  return utf8OrLatin1(end < 0 ? field : field.subarray(0, end));
}
