/** A whole flash chip, put together. @module */

/** Bytes by the offset where they lie. */
export type FlashParts = readonly { readonly offset: number; readonly bytes: Uint8Array }[];

/**
 * A chip that was erased and then given these parts, one after the other: the last one wins where two overlap.
 * @throws Error where a part does not fit the chip
 */
export function flashWith(parts: FlashParts, size: number): Uint8Array {
  const flash = new Uint8Array(size).fill(0xff);
  for (const { offset, bytes } of parts) {
    if (offset + bytes.length > size)
      throw new Error(`a part at 0x${offset.toString(16)} leaves the chip of ${size} bytes`);
    flash.set(bytes, offset);
  }
  return flash;
}

/** The bytes of flash that a header's map code describes; 256 KB for code 1. */
export function mappedSize(code: number): number {
  const sizes = [0x80000, 0x40000, 0x100000, 0x200000, 0x400000, 0x200000, 0x400000, 0x400000, 0x800000];
  return sizes[code] ?? 0x1000000;
}
