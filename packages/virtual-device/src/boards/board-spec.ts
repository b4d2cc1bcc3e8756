/** What a board is, as plain data. @module */
import { ReadMode } from "../chip/machine.js";
import type { Wiring } from "../chip/reset-circuit.js";
import type { NorFlashSpec } from "../flash/nor-flash.js";

/** One kind of board. */
export interface BoardSpec {
  readonly name: string;
  readonly flash: NorFlashSpec;
  /** Read modes for which flash and module are wired; an image that asks for another reads as zeros. */
  readonly readModes: readonly ReadMode[];
  readonly wiring: Wiring;
  /** Milliseconds from the release of EN to its rise. */
  readonly enCapacitorMs: number;
  /** Whether the reset line and button pull nRST (`rst cause:2`) or EN (`rst cause:1`). */
  readonly resetPin: "rst" | "en";
  readonly crystalMHz: 24 | 26 | 40;
  /** The four words at 0x3FF00050, which name chip and MAC. */
  readonly efuseWords: readonly [number, number, number, number];
}

/** Quad wiring and quad flash. */
export const ALL_MODES = [ReadMode.qio, ReadMode.qout, ReadMode.dio, ReadMode.dout] as const;
/** WP and HOLD are not wired, or the flash has no quad enable bit. */
export const DUAL_MODES = [ReadMode.dio, ReadMode.dout] as const;
/** Flash in the package. */
export const DOUT_ONLY = [ReadMode.dout] as const;

/** eFuse words of an ESP8266EX with this station MAC, its first three bytes stored as they are. */
export function efuseWords(
  mac: readonly [number, number, number, number, number, number],
): BoardSpec["efuseWords"] {
  const [o0, o1, o2, b3, b4, b5] = mac;
  return [(b5 << 24) >>> 0, (b3 << 8) | b4, 0, (o0 << 16) | (o1 << 8) | o2];
}

/** The same with the marks of an ESP8285 with 1 MB in its package (N08). */
export function esp8285EfuseWords(mac: Parameters<typeof efuseWords>[0]): BoardSpec["efuseWords"] {
  const [w0, w1, w2, w3] = efuseWords(mac);
  return [(w0 | (1 << 4)) >>> 0, w1, w2 | (1 << 16), w3];
}
