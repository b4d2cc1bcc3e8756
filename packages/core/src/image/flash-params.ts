/**
 * Flash mode, frequency and size: the names that people type, and the two header bytes they stand for.
 *
 * Sizes have gone by three families of names. Early tools and the vendor's window tool count megabits (`32m`,
 * `32Mbit-C1`), today's tools bytes (`4MB-c1`), and a size alone does not say how the flash is split for updates.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { MessageCode, MessageParams } from "../messages/catalogue.js";

/** How the boot ROM reads flash: the value of header byte 2. */
export interface FlashMode {
  readonly code: number;
  /** Lower case: "dio". */
  readonly name: string;
}

/** SPI clock: the low nibble of header byte 3. */
export interface FlashFreq {
  readonly code: number;
  /** Megahertz with the letter m, rounded down: "26m". */
  readonly name: string;
  readonly mhz: number;
}

/** Flash size with its split for updates ("flash map"): the high nibble of header byte 3. */
export interface FlashSize {
  /** The nibble in place: 0x60 for map 6. */
  readonly code: number;
  /** Name in bytes: "4MB-c1". */
  readonly name: string;
  /** The same in megabits: "32m-c1". */
  readonly megabitName: string;
  /** The same in the vendor's flash download tool: "32Mbit-C1". */
  readonly guiName: string;
  /** Bytes of the whole chip. */
  readonly size: number;
  /** KiB per update slot: "1024+1024"; a single number where there is one slot. */
  readonly split: string;
  /** Offset of the second update slot; `undefined` where the map has none that is usable. */
  readonly user2Offset: number | undefined;
  /** Set when the vendor advises against this map. */
  readonly discouraged?: true;
}

/** The codes of one chip. */
export interface FlashParamTables {
  readonly modes: readonly FlashMode[];
  readonly freqs: readonly FlashFreq[];
  readonly sizes: readonly FlashSize[];
}

/** Header bytes 2 and 3, taken apart. A code that no table has is `undefined`, and still in `modeByte`, `sizeFreqByte`. */
export interface FlashParams {
  readonly mode: FlashMode | undefined;
  readonly freq: FlashFreq | undefined;
  readonly size: FlashSize | undefined;
  readonly modeByte: number;
  readonly sizeFreqByte: number;
}

/** A statement as a catalogue code with its parameters. */
export interface Statement {
  readonly code: MessageCode;
  readonly params: MessageParams;
}

/** Header bytes 2 and 3 in words. */
export function decodeFlashParams(
  modeByte: number,
  sizeFreqByte: number,
  tables: FlashParamTables,
): FlashParams {
  return {
    mode: tables.modes.find(({ code }) => code === modeByte),
    freq: tables.freqs.find(({ code }) => code === (sizeFreqByte & 0x0f)),
    size: tables.sizes.find(({ code }) => code === (sizeFreqByte & 0xf0)),
    modeByte,
    sizeFreqByte,
  };
}

/** Header bytes 2 and 3 as one number, mode first: 0x0240 is DIO, 4MB, 40 MHz. */
export function encodeFlashParams(mode: FlashMode, size: FlashSize, freq: FlashFreq): number {
  return (mode.code << 8) | size.code | freq.code;
}

/** The mode with a name, in any case. @throws FlasherError `flash-mode-unknown` */
export function parseFlashMode(text: string, tables: FlashParamTables): FlashMode {
  const name = text.trim().toLowerCase();
  const mode = tables.modes.find((candidate) => candidate.name === name);
  if (mode === undefined) throw new FlasherError("flash-mode-unknown", { text, known: names(tables.modes) });
  return mode;
}

/** The frequency: `40m`, `40`, `40MHz`, `26.7MHz`. @throws FlasherError `flash-freq-unknown` */
export function parseFlashFreq(text: string, tables: FlashParamTables): FlashFreq {
  const digits = /^(\d+(?:\.\d+)?) ?(?:m|mhz)?$/i.exec(text.trim())?.[1];
  const freq = tables.freqs.find(({ name, mhz }) => `${digits}m` === name || Number(digits) === mhz);
  if (freq === undefined) throw new FlasherError("flash-freq-unknown", { text, known: names(tables.freqs) });
  return freq;
}

/**
 * The size with a name of any family, in any case: `4MB-c1`, `32m-c1`, `32Mbit-C1`, `4MB:1024/1024`,
 * `32Mbit(1024KB+1024KB)`. Without a split the plain map of that size is meant.
 * @throws FlasherError `flash-size-ambiguous` for a bare capital M (`4M`), which tools have used for both units;
 *   `flash-size-unknown` for the rest
 */
export function parseFlashSize(text: string, tables: FlashParamTables): FlashSize {
  const trimmed = text.trim();
  const bare = /^(\d+)M(?:-c\d)?$/.exec(trimmed);
  if (bare !== null) throw new FlasherError("flash-size-ambiguous", { text, megabytes: Number(bare[1]) });
  const wanted = trimmed.toLowerCase();
  const size =
    tables.sizes.find((candidate) => spellings(candidate).includes(wanted)) ??
    findBySplit(wanted, tables.sizes);
  if (size === undefined) throw new FlasherError("flash-size-unknown", { text, known: names(tables.sizes) });
  return size;
}

/** The plain map of a chip of `size` bytes; never a variant with another split. `undefined` when no map has that size. */
export function flashSizeOfCapacity(size: number, tables: FlashParamTables): FlashSize | undefined {
  return tables.sizes.find((candidate) => candidate.size === size && !candidate.name.includes("-"));
}

/** What a typed size stands for, in both units, with its split and the names it is easily taken for. */
export function explainFlashSize(text: string, tables: FlashParamTables): Statement {
  const size = parseFlashSize(text, tables);
  const others = tables.sizes.filter((other) => other.size === size.size && other !== size);
  // The name that was not typed: "4MB = 32 Mbit = 4MB" would say nothing.
  const name = text.trim() === size.name ? size.megabitName : size.name;
  const params = { text, megabits: megabitsOf(size), name, split: size.split };
  if (others.length === 0) return { code: "flash-size-meaning-only", params };
  return { code: "flash-size-meaning", params: { ...params, others: names(others) } };
}

/** Megabits of 2^20 bits. */
export function megabitsOf(size: FlashSize): number {
  return size.size / 0x2_0000;
}

function spellings({ name, megabitName, guiName }: FlashSize): string[] {
  return [name, megabitName, guiName].map((spelling) => spelling.toLowerCase());
}

/** Spellings that give both the size and the split, as firmware prints them at boot. */
function findBySplit(text: string, sizes: readonly FlashSize[]): FlashSize | undefined {
  const parts = /^(\d+)(kb|mb|mbit) ?[:(]? ?(\d+)(?:kb)?[/+](\d+)(?:kb)?\)?$/.exec(text);
  if (parts === null) return undefined;
  const [, count, unit, first, second] = parts;
  const bytes = Number(count) * (unit === "kb" ? 0x400 : unit === "mb" ? 0x10_0000 : 0x2_0000);
  return sizes.find(({ size, split }) => size === bytes && split === `${first}+${second}`);
}

function names(entries: readonly { readonly name: string }[]): string[] {
  return entries.map(({ name }) => name);
}
