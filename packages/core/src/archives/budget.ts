/**
 * How much an archive may unpack to. What it says of itself is not believed; what comes out of it is counted.
 *
 * @module
 */
import { FlasherError } from "../errors.js";

/** 64 MiB: four times the largest flash that an ESP8266 can use. */
export const DEFAULT_MAX_BYTES = 64 * 0x10_0000;

/** Releases hold a few dozen files. */
const MAX_ENTRIES = 2000;

/** Longer paths are refused. */
export const LONGEST_PATH = 512;

/** Bytes out per byte in. Deflate reaches 1032 on a blank flash, so the bound counts from the size of one up. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 16 * 0x10_0000;

/** Counts what is unpacked, over all levels of an archive. */
export class UnpackBudget {
  private bytes = 0;
  private entries = 0;

  /**
   * @param maxBytes of everything that is unpacked together
   * @param maxEntries of all levels together
   */
  constructor(
    readonly maxBytes: number = DEFAULT_MAX_BYTES,
    readonly maxEntries: number = MAX_ENTRIES,
  ) {}

  /** Counts an entry. @throws FlasherError `archive-too-many-entries` */
  addEntry(): void {
    this.entries += 1;
    if (this.entries > this.maxEntries) {
      throw new FlasherError("archive-too-many-entries", { expected: this.maxEntries });
    }
  }

  /** Counts bytes that are about to be kept. @throws FlasherError `archive-too-large` */
  addBytes(size: number, entry: string): void {
    this.bytes += size;
    if (this.bytes > this.maxBytes) {
      throw new FlasherError("archive-too-large", { entry, expected: this.maxBytes });
    }
  }
}

/**
 * Refuses what unpacks to far more than any firmware does.
 * @throws FlasherError `archive-bomb`
 */
export function checkRatio(packedSize: number, unpackedSize: number, entry: string): void {
  if (unpackedSize <= RATIO_FREE_BYTES || unpackedSize <= packedSize * MAX_RATIO) return;
  throw new FlasherError("archive-bomb", { entry, expected: MAX_RATIO, packedSize });
}
