/**
 * Text in a field of fixed length, as C programs keep it.
 *
 * @module
 */

/**
 * The bytes up to the first zero, one character a byte (ISO 8859-1): names and passwords are bytes on the chip, and this
 * keeps each of them. What a person is shown has to be cleaned of control characters there.
 */
export function fixedText(bytes: Uint8Array, offset: number, size: number): string {
  let text = "";
  const end = Math.min(offset + size, bytes.length);
  for (let i = offset; i < end && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]);
  return text;
}
