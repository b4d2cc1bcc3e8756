/**
 * Espruino's Storage: files one behind the other in whole sectors, each with a header.
 *
 * A header is a little-endian word, size in the lower 24 bits and flags in the upper 8, and a name padded with zeros:
 * 8 characters behind a word that is all ones while the file lives (1v96 to 2v04), or 28 characters of which the first
 * four become zero when the file is deleted (2v05 and later). Data is padded to 4 bytes. A file is changed by deleting it
 * and writing it again further on, so what was deleted is still there to be read until Storage is compacted. Where no
 * header follows, the next sector may go on with one. Source: Espruino's `jsflash`; not tried on silicon.
 *
 * @module
 */
import { isFilledWith, readWord } from "../bytes.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { alignUp } from "../flash/region.js";
import { fixedText } from "./fixed-text.js";

/** How headers are made; a version that expects the other one finds no files. */
export const StorageFormat = {
  /** 16 bytes: 1v96 to 2v04. */
  header16: "espruino-storage-16",
  /** 32 bytes: 2v05 and later. */
  header32: "espruino-storage-32",
} as const;
export type StorageFormat = (typeof StorageFormat)[keyof typeof StorageFormat];

/** Name of the file with the Wi-Fi settings, JSON with passwords in clear text (1v98 and later). */
export const WIFI_SETTINGS_FILE = ".wificfg";

/**
 * Names of the files that are the saved program: the image of the interpreter that `save()` leaves, and code that runs at
 * each start, before and even after `reset()`.
 */
export const SAVED_CODE_FILES: readonly string[] = [".varimg", ".bootcde", ".bootrst"];

/** Bits of a file's `flags`. */
export const StorageFlag = {
  /** One chunk of a file that grows, the chunk's number being the last character of its name. */
  chunk: 0x40,
  /** Its data is compressed: the saved state of the interpreter, `.varimg`. */
  compressed: 0x80,
} as const;

/** One file, living or deleted. */
export interface StorageFile {
  /**
   * One character a byte, up to the first zero. A deleted file of the newer format has lost its first four characters, which
   * are shown as `????`.
   */
  readonly name: string;
  /** Where its header starts, from the start of the area. */
  readonly offset: number;
  /** Where its data starts, from the start of the area. */
  readonly dataOffset: number;
  /** Bytes of data, without padding. */
  readonly size: number;
  /** Bits of `StorageFlag`. */
  readonly flags: number;
  /** The firmware no longer finds it; its data is still there. */
  readonly deleted: boolean;
}

/** What an area holds. */
export interface StorageArea {
  /**
   * `damaged`: from `damagedAt` on some bytes belong to no file and are not blank either; `files` are those that the firmware
   * finds. `zeros`: only zeros, as images are filled with that were made for the whole flash.
   */
  readonly state: "blank" | "zeros" | "files" | "damaged";
  /** `undefined` where there is no file to tell it by. */
  readonly format: StorageFormat | undefined;
  /** In the order in which they stand. */
  readonly files: readonly StorageFile[];
  /** Offset of the first bytes that make no sense. */
  readonly damagedAt: number | undefined;
}

/**
 * Reads an area. Survives any bytes; looks at each sector once.
 * @param area whole, from its first sector on
 * @param format where the version of the firmware tells it; otherwise the one that explains more of the area
 */
export function readStorage(area: Uint8Array, format?: StorageFormat): StorageArea {
  if (isFilledWith(area, 0xff)) return { state: "blank", format, files: [], damagedAt: undefined };
  if (isFilledWith(area, 0)) return { state: "zeros", format, files: [], damagedAt: undefined };
  const candidates = format === undefined ? Object.values(StorageFormat) : [format];
  const [best] = candidates
    .map((candidate) => walk(area, candidate))
    .sort((a, b) => understood(b, area.length) - understood(a, area.length));
  return best.files.length === 0 && format === undefined ? { ...best, format: undefined } : best;
}

/** The data of a file, as a view of the area. */
export function storageData(area: Uint8Array, file: StorageFile): Uint8Array {
  return area.subarray(file.dataOffset, file.dataOffset + file.size);
}

/**
 * Whether a file holds Wi-Fi settings, or held them before it was deleted.
 * @param file of either format; a deleted one of the newer format is told by the rest of its name
 */
export function isWifiSettings(file: StorageFile): boolean {
  if (file.name === WIFI_SETTINGS_FILE) return true;
  return file.deleted && file.name === LOST_CHARACTERS + WIFI_SETTINGS_FILE.slice(LOST_CHARACTERS.length);
}

/** What stands for the characters that a deleted file has lost. */
const LOST_CHARACTERS = "????";

interface HeaderLayout {
  readonly size: number;
  readonly nameOffset: number;
  readonly nameSize: number;
}

const layouts: Readonly<Record<StorageFormat, HeaderLayout>> = {
  [StorageFormat.header16]: { size: 16, nameOffset: 8, nameSize: 8 },
  [StorageFormat.header32]: { size: 32, nameOffset: 4, nameSize: 28 },
};

/** Data starts on multiples of this. */
const ALIGNMENT = 4;

function walk(area: Uint8Array, format: StorageFormat): StorageArea {
  const files: StorageFile[] = [];
  let damagedAt: number | undefined;
  let offset = 0;
  while (offset < area.length) {
    const file = headerAt(area, offset, format);
    if (file === undefined) {
      const nextSector = Math.min(alignUp(offset + 1, SECTOR_SIZE), area.length);
      if (!isFilledWith(area.subarray(offset, nextSector), 0xff)) damagedAt ??= offset;
      offset = nextSector;
    } else {
      files.push(file);
      offset = alignUp(file.dataOffset + file.size, ALIGNMENT);
    }
  }
  return { state: damagedAt === undefined ? "files" : "damaged", format, files, damagedAt };
}

function headerAt(area: Uint8Array, offset: number, format: StorageFormat): StorageFile | undefined {
  const layout = layouts[format];
  const dataOffset = offset + layout.size;
  if (dataOffset > area.length) return undefined;
  const word = readWord(area, offset);
  if (word === 0xffff_ffff || word === 0) return undefined;
  const size = word & 0xff_ffff;
  if (dataOffset + size > area.length) return undefined;
  const life = readWord(area, offset + 4);
  const deleted = format === StorageFormat.header16 ? life !== 0xffff_ffff : life === 0;
  const name = nameAt(area, offset, format, deleted);
  if (name === undefined || (deleted && life !== 0)) return undefined;
  return { name, offset, dataOffset, size, flags: word >>> 24, deleted };
}

/** `undefined` where the bytes cannot be a name: blank ones, or zeros with something behind. */
function nameAt(
  area: Uint8Array,
  offset: number,
  format: StorageFormat,
  deleted: boolean,
): string | undefined {
  const { nameOffset, nameSize } = layouts[format];
  const lost = deleted && format === StorageFormat.header32 ? LOST_CHARACTERS : "";
  const start = offset + nameOffset + lost.length;
  const name = fixedText(area, start, nameSize - lost.length);
  const padding = area.subarray(start + name.length, offset + nameOffset + nameSize);
  if (!isFilledWith(padding, 0) || name.startsWith("\xff")) return undefined;
  if (lost === "" && name === "") return undefined;
  return lost + name;
}

/** How much of an area a reading explains: bytes up to the first that make no sense, then files. */
function understood({ files, damagedAt }: StorageArea, size: number): number {
  return (damagedAt ?? size) * (size + 1) + files.length;
}
