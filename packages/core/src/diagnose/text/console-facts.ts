/**
 * What Espruino says of itself on its console: banner, `process.env`, `getState()`, `getFreeFlash()`; and what flashers say.
 *
 * @module
 */
import { isFlasherError } from "../../errors.js";
import { type FlashMode, type FlashSize, parseFlashSize } from "../../image/flash-params.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { flashMap } from "../../maps/flash-map.js";
import { mapOfText } from "../../maps/map-text.js";
import { esp8266FlashParams as tables } from "../../targets/esp8266/flash-params.js";
import { parseFlashId } from "../../targets/jedec.js";
import type { ConsoleFacts } from "../facts.js";

/** What lines of a console tell. */
export interface ConsoleText {
  readonly firmware: FirmwareId | undefined;
  readonly map: FlashSize | undefined;
  readonly mode: FlashMode | undefined;
  /** Bytes of the flash chip, by its id. */
  readonly chipSize: number | undefined;
  /** JEDEC type and capacity. */
  readonly flashDevice: number | undefined;
  readonly crystalMHz: number | undefined;
  /** Another chip's name, where the text is about one. */
  readonly otherChip: string | undefined;
  readonly console: ConsoleFacts;
}

/** Lines that are kept as evidence, and characters of each. */
const MOST_LINES = 12;
const LONGEST_LINE = 160;

const VERSION_LINE = /\b(\d{1,2}v\d{2}(?:\.\d{1,5})?) (?:\(c\)|Copyright) \d{4} G\.Williams/;
const ENQUIRY = /\bEspruino (\d{1,2}v\d{2}(?:\.\d{1,5})?) (ESP8266_\w{1,20})/;
const VERSION_FIELD = /"?VERSION"?\s*:\s*"(\d{1,2}v\d{2}(?:\.\d{1,5})?)"/;
const BOARD_FIELD = /"?BOARD"?\s*:\s*"(ESP8266_\w{1,20})"/;
const FLASH_MAP = /Flash map (.{1,40}), manuf 0x([0-9a-f]{1,2}) chip 0x([0-9a-f]{1,4})/i;
const WARNING = /Your flash chip does not match your flash map/;
const STATE_MAP = /"?flashMap"?\s*:\s*"([^"]{1,40})"/;
const STATE_CHIP = /"?flashChip"?\s*:\s*"0x([0-9a-f]{1,2}) 0x([0-9a-f]{1,4})"/i;
/** Characters that are searched for a list of free flash, and entries that one may have. */
const MOST_TEXT = 0x1_0000;
const MOST_ENTRIES = 32;
const SEPARATOR = /^[\s"'{},>]{1,40}$/;
const FREE_ENTRY = /"?addr"?\s*:\s*(\d{1,9})\s*,\s*"?length"?\s*:\s*(\d{1,9})/g;
const ERASE = /\berase[_ -]?flash\b|\bclear(?:ed)? (?:the )?memory\b|Chip erase completed/i;
const OTHER_CHIP = /(?:Chip is|Detecting chip type\W{1,8}|Chip type:\s{1,12})\s?(ESP32(?:-[A-Z]\d{1,2})?)/;
const TOOL_DEVICE = /^Device: ([0-9a-f]{4})$/i;
const TOOL_SIZE = /(?:Detected flash size|Auto-detected Flash size): (\d{1,3}[KM]B)/i;
const TOOL_CRYSTAL = /Crystal(?: is|\s?frequency:)\s{1,12}(26|40) ?MHz/i;
const TOOL_PARAMS = /Flash params? set to 0x([0-9a-f]{2})([0-9a-f]{2})\b/i;

/** Reads readable lines; those without control characters, see `readableText`. */
export function readConsole(lines: readonly string[]): ConsoleText {
  const used = new Set<string>();
  const first = (pattern: RegExp): RegExpExecArray | undefined => {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match === null) continue;
      used.add(line);
      return match;
    }
    return undefined;
  };
  const banner = first(FLASH_MAP);
  const state = { map: first(STATE_MAP)?.[1], chip: first(STATE_CHIP) };
  const params = first(TOOL_PARAMS);
  const mapText = banner?.[1] ?? state.map;
  const enquiry = first(ENQUIRY);
  const firmware = firmwareOf(
    first(VERSION_LINE)?.[1] ?? first(VERSION_FIELD)?.[1] ?? enquiry?.[1],
    first(BOARD_FIELD)?.[1] ?? enquiry?.[2],
    mapText !== undefined,
  );
  const device = numberOf(banner?.[3] ?? state.chip?.[2] ?? first(TOOL_DEVICE)?.[1]);
  const maker = numberOf(banner?.[2] ?? state.chip?.[1]) ?? 0;
  const size = first(TOOL_SIZE)?.[1];
  const map = mapOf(mapText) ?? sizeOfNibble(params?.[2]);
  return {
    firmware,
    map,
    mode: tables.modes.find(({ code }) => code === numberOf(params?.[1])),
    chipSize: sizeOfDevice(device, maker) ?? namedSize(size)?.size,
    flashDevice: device,
    crystalMHz: Number(first(TOOL_CRYSTAL)?.[1]) || undefined,
    otherChip: first(OTHER_CHIP)?.[1],
    console: {
      warned: first(WARNING) !== undefined,
      unknownMap: mapText !== undefined && mapOf(mapText) === undefined ? mapText : undefined,
      freeList: freeListOf(lines, used),
      erased: first(ERASE) !== undefined,
      lines: [...used].slice(0, MOST_LINES).map((line) => line.slice(0, LONGEST_LINE)),
    },
  };
}

/** The flash size with a name; `undefined` for any other text, and for an ambiguous one. */
function namedSize(text: string | undefined): FlashSize | undefined {
  return text === undefined ? undefined : attempt(() => parseFlashSize(text, tables));
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isFlasherError(error)) return undefined;
    throw error;
  }
}

/** That it speaks of its flash map at all makes it an Espruino. */
function firmwareOf(
  version: string | undefined,
  build: string | undefined,
  speaksOfMap: boolean,
): FirmwareId | undefined {
  if (version === undefined && build === undefined && !speaksOfMap) return undefined;
  return {
    family: FirmwareFamily.espruino,
    ...(build !== undefined && { build }),
    ...(version !== undefined && { version }),
  };
}

function mapOf(text: string | undefined): FlashSize | undefined {
  const code = text === undefined ? undefined : mapOfText(text);
  return code === undefined ? undefined : flashMap(code);
}

function sizeOfNibble(byte: string | undefined): FlashSize | undefined {
  const value = numberOf(byte);
  return value === undefined ? undefined : flashMap(value >> 4);
}

function sizeOfDevice(device: number | undefined, maker: number): number | undefined {
  if (device === undefined) return undefined;
  return parseFlashId(((device & 0xff) << 16) | (device & 0xff00) | maker)?.size;
}

/** The longest list of entries in the text, which may hold several; more of them than any firmware has are none. */
function freeListOf(
  lines: readonly string[],
  used: Set<string>,
): readonly { offset: number; size: number }[] | undefined {
  const list = freeLists(lines.join(" ").slice(0, MOST_TEXT)).reduce(
    (longest, next) => (next.length > longest.length ? next : longest),
    [],
  );
  if (list.length === 0 || list.length > MOST_ENTRIES) return undefined;
  for (const line of lines) if (/"?addr"?\s*:/.test(line)) used.add(line);
  return list;
}

/** Entries with nothing between them but what separates entries of one list. */
function freeLists(text: string): { offset: number; size: number }[][] {
  const lists: { offset: number; size: number }[][] = [];
  let end: number | undefined;
  for (const match of text.matchAll(FREE_ENTRY)) {
    const goesOn = end !== undefined && SEPARATOR.test(text.slice(end, match.index));
    if (!goesOn) lists.push([]);
    lists.at(-1)!.push({ offset: Number(match[1]), size: Number(match[2]) });
    end = match.index + match[0].length;
  }
  return lists;
}

function numberOf(hex: string | undefined): number | undefined {
  return hex === undefined ? undefined : Number.parseInt(hex, 16);
}
