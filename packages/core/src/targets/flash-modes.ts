/**
 * What is known of how a chip's flash can be read: by the flash chip's id, inside the package, and in general.
 *
 * @module
 */
import type { Certainty } from "../maps/firmware-id.js";

/** The fastest mode in which a flash chip is known to work on the modules that carry it. */
export interface KnownFlashChip {
  /** JEDEC id as in `FlashInfo.id`: capacity, type and manufacturer from the high byte down. */
  readonly id: number;
  /** Name of the mode: "dio". */
  readonly mode: string;
  /** Boards and modules on which it was seen. */
  readonly seenOn: string;
  readonly certainty: Certainty;
}

/** Mode and frequency, by the names of a chip's tables. */
export interface ModeAndFreq {
  readonly mode: string;
  readonly freq: string;
}

/** Flash modes of one chip. Names are those of its `FlashParamTables`. */
export interface FlashModeFacts {
  readonly chips: readonly KnownFlashChip[];
  /** With the flash inside the package, whatever its id. */
  readonly embedded: string;
  /** Where nothing is known of the flash chip. */
  readonly usual: ModeAndFreq;
  /** From the fastest mode to the one that works with nearly every flash chip. */
  readonly bySpeed: readonly string[];
  /** What to try, in this order, on a chip whose image does not load. */
  readonly attempts: readonly ModeAndFreq[];
}
