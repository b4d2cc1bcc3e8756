/**
 * What flash operations take. The page and block times are set so that whole writes take as long as they did when the
 * genuine loaders ran on an emulated chip with typical flash: see the figures beside each.
 *
 * @module
 */

/** What one erase command clears. */
export const EraseKind = { sector: "sector", block: "block", chip: "chip" } as const;
export type EraseKind = (typeof EraseKind)[keyof typeof EraseKind];

export const SECTOR_SIZE = 0x1000;
export const BLOCK_SIZE = 0x10000;

/**
 * Milliseconds of one page-program command, which both loaders give for 32 bytes at a time, 8 to a page of 256: with it
 * the stub's last 32 KiB window takes 0.15 s with its inflating, as measured.
 */
export const PROGRAM_COMMAND_MS = 0.125;

/** Milliseconds of a status register write, typical of a Winbond part. */
export const STATUS_WRITE_MS = 10;

/** Typical of a 4 KiB sector. */
const SECTOR_ERASE_MS = 40;
/** Of a 64 KiB block: it holds up a window of the stub from 160 to 280 ms, as measured. */
const BLOCK_ERASE_MS = 120;

/** Bytes that one erase of this kind clears on a chip of `flashSize` bytes. */
export function eraseSize(kind: EraseKind, flashSize: number): number {
  return kind === EraseKind.sector ? SECTOR_SIZE : kind === EraseKind.block ? BLOCK_SIZE : flashSize;
}

/** Typical milliseconds of one erase; a chip erase takes a little less than its blocks one by one. */
export function eraseMs(kind: EraseKind, flashSize: number): number {
  if (kind === EraseKind.sector) return SECTOR_ERASE_MS;
  if (kind === EraseKind.block) return BLOCK_ERASE_MS;
  return (flashSize / BLOCK_SIZE) * BLOCK_ERASE_MS * 0.9;
}
