/** Firmware images, made by hand for tests. @module */
import { textBytes, xorChecksum } from "../bytes.js";
import { concat, words } from "./host.js";

/** A segment of an image. */
export interface Segment {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** An image as the ROM boots it: header, segments, padding, checksum at the end of a 16-byte line. */
export function image(
  segments: readonly Segment[],
  options: { mode?: number; map?: number; entry?: number } = {},
): Uint8Array {
  const { mode = 2, map = 0x40, entry = 0x40100000 } = options;
  const body = concat(
    Uint8Array.of(0xe9, segments.length, mode, map),
    words(entry),
    ...segments.map(({ address, bytes }) => concat(words(address, bytes.length), bytes)),
  );
  const padded = new Uint8Array((body.length | 15) + 1);
  padded.set(body);
  padded[padded.length - 1] = xorChecksum(concat(...segments.map(({ bytes }) => bytes)));
  return padded;
}

/** A firmware slot: code that runs in place, then an image. */
export function slotImage(slot: number, code: Uint8Array, inner: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0xea, 4, 0, slot), words(0x40100000, 0, code.length), code, inner);
}

export const segment = (address: number, length: number): Segment => ({
  address,
  bytes: concat(textBytes("x"), new Uint8Array(length - 1)),
});
