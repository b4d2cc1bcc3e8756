/**
 * Bytes as text in which every byte is one character, so that a position in the text is one in the bytes.
 *
 * @module
 */

/** As many arguments as every engine takes in one call. */
const PIECE = 0x2000;

/** Bytes 0 to 255 as the characters of the same numbers. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let offset = 0; offset < bytes.length; offset += PIECE) {
    text += String.fromCharCode.apply(null, bytes.subarray(offset, offset + PIECE) as unknown as number[]);
  }
  return text;
}
