/**
 * What the image code has to know of a chip; each chip gives one such table in `targets/`.
 *
 * @module
 */
import type { FlashParamTables } from "./flash-params.js";

/** A stretch of CPU address space. */
export interface MemoryRange {
  /** Its name in the chip's manuals: "IRAM". */
  readonly name: string;
  /** First CPU address. */
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  /** Whether an image may place a segment there. */
  readonly loadable: boolean;
  /** Whether the CPU can fetch code there, so that an entry point can lie in it. */
  readonly executable: boolean;
}

/** A chip, as the makers and readers of images see it. */
export interface ImageTarget {
  /** For messages: the chip's trade name. */
  readonly name: string;
  readonly memory: readonly MemoryRange[];
  /** Names and codes of header bytes 2 and 3. */
  readonly flashParams: FlashParamTables;
}

/** The range that holds all of `size` bytes from a CPU address; `undefined` when none does. */
export function findMemory(target: ImageTarget, address: number, size = 1): MemoryRange | undefined {
  return target.memory.find(
    (range) => address >= range.address && address + size <= range.address + range.size,
  );
}
