/** What somebody left on the demonstration's board, so that there is something to keep. @module */
import { alignUp, type ImageInput, SECTOR_SIZE } from "@flashwright/core";

/** Where the SDK keeps its system parameters on a 4 MB chip. */
const SETTINGS_OFFSET = 0x3fd000;
const SETTINGS_SIZE = 0x1000;
/** Bytes at the end of the sector in which the largest image ends; it is erased with that sector. */
const NEIGHBOUR_SIZE = 0x100;

/** The flash of a board that was in use: blank but for settings, and for data right behind the firmware. */
export function usedFlash(flashSize: number, images: readonly ImageInput[]): Uint8Array {
  const flash = new Uint8Array(flashSize).fill(0xff);
  const largest = images.reduce((a, b) => (b.bytes.length > a.bytes.length ? b : a));
  const sectorEnd = alignUp(largest.offset + largest.bytes.length, SECTOR_SIZE);
  writeText(flash, SETTINGS_OFFSET, SETTINGS_SIZE, "settings of an earlier owner; ");
  writeText(flash, sectorEnd - NEIGHBOUR_SIZE, NEIGHBOUR_SIZE, "a neighbour's data; ");
  return flash;
}

function writeText(flash: Uint8Array, offset: number, size: number, text: string): void {
  for (let i = 0; i < size; i++) flash[offset + i] = text.charCodeAt(i % text.length);
}
