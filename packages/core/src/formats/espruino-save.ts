/**
 * Espruino's `save()` area before there was Storage (up to 1v95).
 *
 * Words, little-endian: boot code's length with bit 31 for "run even after reset()" at 0, where the image ends at 4, a magic
 * number in the very last word of the area. Without the magic number the firmware starts as if nothing were saved. Source:
 * Espruino's source of those versions; not tried on silicon.
 *
 * @module
 */
import { isFilledWith, readWord } from "../bytes.js";

/** The last word of an area that holds something. */
export const SAVE_MAGIC = 0xdead_beef;

/** A word that was never written. */
const BLANK_WORD = 0xffff_ffff;

/** What an area holds. */
export interface SaveArea {
  /** `saved`: the firmware loads it at every start. `other`: bytes without the magic number, which it ignores. */
  readonly state: "blank" | "saved" | "other";
  /** Bytes of the boot code; 0 where there is none. Only of what is `saved`. */
  readonly bootCodeSize: number;
  /** Whether the boot code runs even after `reset()`. */
  readonly runsAlways: boolean;
  /** The second word: the address behind the saved image, as the firmware counts. */
  readonly endAddress: number;
}

/** Reads an area, given whole: the magic number is in its last word. Survives any bytes. */
export function readSaveArea(area: Uint8Array): SaveArea {
  const nothing = { bootCodeSize: 0, runsAlways: false, endAddress: 0 };
  if (isFilledWith(area, 0xff)) return { state: "blank", ...nothing };
  if (area.length < 12 || readWord(area, area.length - 4) !== SAVE_MAGIC)
    return { state: "other", ...nothing };
  const first = readWord(area, 0);
  return {
    state: "saved",
    bootCodeSize: first === BLANK_WORD ? 0 : first & 0x7fff_ffff,
    runsAlways: first !== BLANK_WORD && first >>> 31 === 1,
    endAddress: readWord(area, 4),
  };
}
