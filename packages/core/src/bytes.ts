/**
 * Bytes: little-endian words, joining, hex and the protocol's XOR checksum.
 *
 * @module
 */

/** Seed of every XOR checksum of the Espressif loaders and images. */
export const CHECKSUM_SEED = 0xef;

/** The 32-bit little-endian word at `offset`, unsigned. */
export function readWord(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16) | (bytes[offset + 3] << 24)) >>> 0
  );
}

/** The 16-bit little-endian number at `offset`, unsigned. */
export function readHalf(bytes: Uint8Array, offset: number): number {
  return bytes[offset] | (bytes[offset + 1] << 8);
}

/** Stores `value` as a 32-bit little-endian word at `offset`. */
export function writeWord(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value;
  bytes[offset + 1] = value >>> 8;
  bytes[offset + 2] = value >>> 16;
  bytes[offset + 3] = value >>> 24;
}

/** The given 32-bit values as little-endian words, 4 bytes each. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  values.forEach((value, index) => {
    writeWord(bytes, index * 4, value);
  });
  return bytes;
}

/** All parts in one new array. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Lower-case hex without separators. */
export function toHex(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
}

/** XOR of all bytes, from the protocol's seed 0xEF. */
export function xorChecksum(bytes: Uint8Array, seed: number = CHECKSUM_SEED): number {
  let checksum = seed;
  for (let i = 0; i < bytes.length; i++) checksum ^= bytes[i];
  return checksum;
}

/** Whether every byte is `value`. */
export function isFilledWith(bytes: Uint8Array, value: number): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== value) return false;
  return true;
}

/** Whether both hold the same bytes. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

/** The bytes with `filler` added up to the next multiple of `unit`; the same array where nothing is missing. */
export function padTo(bytes: Uint8Array, unit: number, filler = 0xff): Uint8Array {
  const size = Math.ceil(bytes.length / unit) * unit;
  if (size === bytes.length) return bytes;
  const padded = new Uint8Array(size).fill(filler, bytes.length);
  padded.set(bytes);
  return padded;
}
