/**
 * Espruino's Storage: files one behind the other, each with a header in front, in an area of whole sectors.
 *
 * | | 16-byte header (1v96 to 2v04) | 32-byte header (2v05 and newer) |
 * |---|---|---|
 * | 0 | size, flags in the highest byte | the same |
 * | 4 | 0xFFFFFFFF: alive, 0: deleted | name, 28 bytes; its first 4 are 0 when deleted |
 * | 8 | name, 8 bytes | |
 *
 * Contents are padded to 4 bytes. What is deleted stays until the area is compacted: read, erased, written again.
 *
 * @module
 */
import { fixedText, isFilledWith, readU32, textBytes, writeU32 } from "../../bytes.js";
import type { Routine } from "../../chip/cpu.js";
import type { FlashWindow } from "./flash-window.js";
import type { Area } from "./places.js";

/** A file that is not deleted. */
export interface StoredFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** 0x80: compressed, 0x40: grows by appending. */
  readonly flags: number;
}

interface FileRecord extends StoredFile {
  /** Of the header, in the area. */
  readonly at: number;
  readonly deleted: boolean;
  /** Size, flags and name are all 0, as in an area that was filled with zeros. */
  readonly isNothing: boolean;
}

interface Walk {
  readonly records: readonly FileRecord[];
  /** Where the next file goes, in the area. */
  readonly end: number;
  /** Whether every header was one. */
  readonly sound: boolean;
}

const BLANK = 0xffffffff;
const align = (size: number): number => (size + 3) & ~3;

/** The files of one area. Nothing is cached: what is read is in flash. */
export class Storage {
  readonly #flash: FlashWindow;
  readonly #area: Area;
  readonly #headerSize: 16 | 32;

  constructor(flash: FlashWindow, area: Area, headerSize: 16 | 32) {
    this.#flash = flash;
    this.#area = area;
    this.#headerSize = headerSize;
  }

  /** Bytes of the whole area. */
  get size(): number {
    return this.#area.size;
  }

  /** The longest name that a header has room for. */
  get longestName(): number {
    return this.#headerSize === 16 ? 8 : 28;
  }

  /** Files that are alive, in their order. */
  files(): readonly StoredFile[] {
    return this.#walk().records.filter(({ deleted }) => !deleted);
  }

  find(name: string): StoredFile | undefined {
    return this.files().find((file) => file.name === name);
  }

  /** Bytes behind the last file. */
  freeBytes(): number {
    return this.#area.size - this.#walk().end;
  }

  /** What releases with 32-byte headers check at boot: whole headers, and nothing behind the last file. */
  isSound(): boolean {
    const { sound, end, records } = this.#walk();
    const rest = this.#flash.read(this.#area.offset + end, this.#area.size - end);
    return sound && !records.some(({ isNothing }) => isNothing) && isFilledWith(rest, 0xff);
  }

  /** Writes a file over one of the same name; the same bytes again are left as they are. False when there is no room. */
  *write({ name, data, flags }: StoredFile): Routine<boolean> {
    const present = this.find(name);
    if (present?.flags === flags && sameBytes(present.data, data)) return true;
    yield* this.erase(name);
    const needed = this.#headerSize + align(data.length);
    if (this.freeBytes() < needed) yield* this.compact();
    if (this.freeBytes() < needed) return false;
    yield* this.#append({ name, data, flags });
    return true;
  }

  /** Marks a file as deleted. */
  *erase(name: string): Routine<void> {
    const record = this.#walk().records.find((each) => !each.deleted && each.name === name);
    if (record !== undefined) yield* this.#flash.write(this.#area.offset + record.at + 4, new Uint8Array(4));
  }

  /** Erases every sector of the area. */
  *eraseAll(): Routine<void> {
    for (let at = 0; at < this.#area.size; at += 0x1000) yield* this.#flash.erase(this.#area.offset + at);
  }

  /** Erases the area and writes what is alive again, unless nothing would come of it. */
  *compact(): Routine<void> {
    const { records, sound } = this.#walk();
    if (sound && !records.some(({ deleted }) => deleted)) return;
    yield* this.eraseAll();
    for (const record of records) if (!record.deleted) yield* this.#append(record);
  }

  *#append({ name, data, flags }: StoredFile): Routine<void> {
    const at = this.#area.offset + this.#walk().end;
    const header = new Uint8Array(this.#headerSize);
    writeU32(header, 0, (data.length | (flags << 24)) >>> 0);
    if (this.#headerSize === 16) writeU32(header, 4, BLANK);
    header.set(textBytes(name), this.#nameAt);
    const padded = new Uint8Array(align(data.length)).fill(0xff);
    padded.set(data);
    yield* this.#flash.write(at, header);
    yield* this.#flash.write(at + this.#headerSize, padded);
  }

  get #nameAt(): number {
    return this.#headerSize === 16 ? 8 : 4;
  }

  #walk(): Walk {
    const bytes = this.#flash.read(this.#area.offset, this.#area.size);
    const records: FileRecord[] = [];
    let at = 0;
    while (at + this.#headerSize <= bytes.length && readU32(bytes, at) !== BLANK) {
      const record = this.#record(bytes, at);
      const next = at + this.#headerSize + align(record.data.length);
      if (next > bytes.length || record.data.length !== (readU32(bytes, at) & 0xffffff)) {
        return { records, end: bytes.length, sound: false };
      }
      records.push(record);
      at = next;
    }
    return { records, end: at, sound: true };
  }

  #record(bytes: Uint8Array, at: number): FileRecord {
    const word = readU32(bytes, at);
    const dataAt = at + this.#headerSize;
    return {
      at,
      name: fixedText(bytes, at + this.#nameAt, this.longestName),
      data: bytes.slice(dataAt, dataAt + (word & 0xffffff)),
      flags: word >>> 24,
      deleted: readU32(bytes, at + 4) === 0 || (this.#headerSize === 16 && readU32(bytes, at + 4) !== BLANK),
      isNothing: isFilledWith(bytes.subarray(at, dataAt), 0),
    };
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
