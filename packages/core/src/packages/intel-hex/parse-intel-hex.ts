/**
 * Intel HEX: lines of records, whose data may lie anywhere in 4 GiB.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { HexRuns, type HexStretch } from "./hex-runs.js";

/** What a file holds. */
export interface HexContent {
  /** By rising offset, apart from each other. */
  readonly stretches: readonly HexStretch[];
  /** Whether the end record was there. */
  readonly isEnded: boolean;
}

/** Record types. */
const DATA = 0;
const END = 1;
const SEGMENT = 2;
const START_SEGMENT = 3;
const LINEAR = 4;
const START_LINEAR = 5;
/** Bytes of data that each type but DATA has. */
const SIZES: Readonly<Record<number, number>> = {
  [END]: 0,
  [SEGMENT]: 2,
  [START_SEGMENT]: 4,
  [LINEAR]: 2,
  [START_LINEAR]: 4,
};

/** Length, address, type and checksum without their data, in characters, and with the most data there can be. */
const SHORTEST_LINE = 11;
const LONGEST_LINE = SHORTEST_LINE + 2 * 255;
const CR = 0x0d;
const LF = 0x0a;
const COLON = 0x3a;

interface HexRecord {
  readonly type: number;
  readonly address: number;
  readonly data: Uint8Array;
}

/** Whether bytes begin as Intel HEX does: a colon and an even number of hex digits up to the end of the line. */
export function isIntelHex(bytes: Uint8Array): boolean {
  if (bytes[0] !== COLON || bytes.length < SHORTEST_LINE) return false;
  const line = lineAt(bytes, 0);
  return line.text.length >= SHORTEST_LINE && /^:(?:[0-9a-f]{2})+$/i.test(line.text);
}

/**
 * The data of a file. Memory: four times its data and filled gaps, of which there are at most `maxBytes`.
 * @param name for errors
 * @param maxBytes of data and filled gaps together
 * @throws FlasherError `hex-format`, `hex-checksum`, `hex-overlap` with the line; `archive-too-large`;
 *   `package-too-many-parts` for more than 256 stretches
 */
export function parseIntelHex(bytes: Uint8Array, name: string, maxBytes: number): HexContent {
  const runs = new HexRuns(name, maxBytes);
  let base = 0;
  let isEnded = false;
  for (let at = 0, line = 1; at < bytes.length && !isEnded; line++) {
    const { text, next } = lineAt(bytes, at);
    at = next;
    if (text.trim() === "") continue;
    const record = parseRecord(text.trim(), line, name);
    if (record.type === END) isEnded = true;
    else if (record.type === SEGMENT) base = wordOf(record.data) * 0x10;
    else if (record.type === LINEAR) base = wordOf(record.data) * 0x1_0000;
    else if (record.type === DATA && record.data.length > 0) {
      runs.add(base + record.address, record.data, line);
    }
  }
  return { stretches: runs.join(), isEnded };
}

/** One line as text, cut where none can be longer. */
function lineAt(bytes: Uint8Array, start: number): { readonly text: string; readonly next: number } {
  let end = start;
  while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
  const next = bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
  const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST_LINE + 2)));
  return { text, next };
}

function parseRecord(text: string, line: number, name: string): HexRecord {
  if (!/^:(?:[0-9a-f]{2}){5,260}$/i.test(text)) {
    throw new FlasherError("hex-format", { name, line, expected: "a colon and pairs of hex digits" });
  }
  const all = Uint8Array.from({ length: (text.length - 1) / 2 }, (_, index) =>
    Number.parseInt(text.slice(1 + 2 * index, 3 + 2 * index), 16),
  );
  const [length, high, low, type] = all;
  const stored = all[all.length - 1];
  const sum = all.subarray(0, -1).reduce((total, byte) => total + byte, 0);
  const computed = -sum & 0xff;
  if (all.length !== length + 5) {
    throw new FlasherError("hex-format", { name, line, expected: `as long as it says, ${length} bytes` });
  }
  if (stored !== computed) {
    throw new FlasherError("hex-checksum", { name, line, expected: stored, actual: computed });
  }
  if (type !== DATA && SIZES[type] !== length) {
    throw new FlasherError("hex-format", { name, line, expected: "a record of type 0 to 5 with its size" });
  }
  return { type, address: (high << 8) | low, data: all.subarray(4, -1) };
}

/** Two bytes, the high one first. */
function wordOf(data: Uint8Array): number {
  return (data[0] << 8) | data[1];
}
