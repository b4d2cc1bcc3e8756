/**
 * What a chip says on its UART while it starts, line by line, as typed events.
 *
 * Serial output is hostile: `line` holds no control characters and is of bounded length, see `readableText`.
 *
 * @module
 */

/** The parts that differ by kind of line. All numbers are as printed. */
export type BootFact =
  /** The boot ROM's first line. `bootMode` is the pair that it prints, of which the first number counts. */
  | { readonly type: "rom-banner"; readonly resetCause: number; readonly bootMode: readonly [number, number] }
  /** The boot ROM does not know the cause of the reset, and halts. */
  | { readonly type: "unknown-reset" }
  /** A watchdog ended the run before this one. */
  | { readonly type: "watchdog-reset" }
  /** The boot ROM loads a segment; `room` bytes of the current 16-byte line are still unused. */
  | { readonly type: "segment-load"; readonly address: number; readonly size: number; readonly room: number }
  /** Running checksum after a segment. */
  | { readonly type: "segment-checksum"; readonly checksum: number }
  /** Checksum over all segments; a `checksum-error` follows if the image holds another. */
  | { readonly type: "image-checksum"; readonly checksum: number }
  | { readonly type: "checksum-error" }
  /** The boot ROM gave up; it prints the name of its source file. */
  | { readonly type: "ets-main" }
  /** A line that is normal and means nothing by itself: `tail 8`, `ho 0 tail 8 room 8`. */
  | { readonly type: "bookkeeping" }
  /** A second-stage boot introduces itself. */
  | { readonly type: "second-boot"; readonly loader: "sdk" | "eboot" | "rboot"; readonly version: string }
  | { readonly type: "spi-speed"; readonly mhz: number }
  /** Flash mode in lower case: "qio". */
  | { readonly type: "spi-mode"; readonly mode: string }
  /** Flash size and map in the second boot's words, a name that `parseFlashSize` knows: "32Mbit(1024KB+1024KB)". */
  | { readonly type: "flash-map"; readonly map: string }
  /** The second boot starts the application in update slot 1 or 2, at an offset in flash. */
  | { readonly type: "jump-to-user"; readonly slot: number; readonly offset: number }
  /** The second boot found no image where it looked (`magic`), or a slot flag that it does not know (`flag`). */
  | { readonly type: "user-image-error"; readonly what: "magic" | "flag" }
  /**
   * The second boot could not load a slot. `next` is what it does about it: start the same one anew (1.7, three times),
   * start the `other` one from now on, or nothing more.
   */
  | { readonly type: "slot-failed"; readonly next: "same" | "other" | "none" }
  /** The CPU met an exception nobody caught. `registers` is empty when their line did not come. */
  | {
      readonly type: "fatal-exception";
      readonly cause: number;
      readonly registers: Readonly<Record<string, number>>;
    }
  | { readonly type: "flash-read-error" }
  /** The SDK found another first byte than 5 in the PHY init data. */
  | { readonly type: "rf-cal-error"; readonly found: number }
  /** The size and map in the header are none that this program knows, or its partition table does not fit them. */
  | { readonly type: "flash-map-error"; readonly what: "map" | "partition" }
  /** A line that only a chip of another family prints. */
  | { readonly type: "other-chip"; readonly family: string }
  /** Any other readable line: the application speaks. */
  | { readonly type: "text" }
  /** Bytes that are no text at this rate. */
  | { readonly type: "garbage"; readonly byteCount: number };

/** A fact and the line that it was read from. */
export type BootEvent = BootFact & { readonly line: string };

/** One event of a kind. */
export type BootEventOf<Type extends BootFact["type"]> = Extract<BootEvent, { readonly type: Type }>;
