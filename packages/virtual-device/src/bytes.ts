/** Little-endian words and text, as the chip's side of the line needs them. @module */

/** The 16-bit little-endian number at `at`; bytes past the end count as 0. */
export function readU16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/** The 32-bit little-endian number at `at`, unsigned; bytes past the end count as 0. */
export function readU32(bytes: Uint8Array, at: number): number {
  return (readU16(bytes, at) | (readU16(bytes, at + 2) << 16)) >>> 0;
}

/** Stores `value` as a 32-bit little-endian number at `at`. */
export function writeU32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 0xff;
  bytes[at + 1] = (value >>> 8) & 0xff;
  bytes[at + 2] = (value >>> 16) & 0xff;
  bytes[at + 3] = (value >>> 24) & 0xff;
}

/** `value` as 8 bits of checksum over `bytes`: XOR from the seed 0xEF that image, packet and ROM all use. */
export function xorChecksum(bytes: Uint8Array, seed = 0xef): number {
  let sum = seed;
  for (let i = 0; i < bytes.length; i++) sum ^= bytes[i]!;
  return sum & 0xff;
}

/** One byte per character; the chip only ever prints ASCII. */
export function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 0xff;
  return bytes;
}

/** Lower-case hexadecimal, two digits per byte. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as zlib has it, unsigned. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ crcTable[(crc ^ bytes[i]!) & 0xff]!;
  return ~crc >>> 0;
}

/** One character per byte. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x2000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  }
  return text;
}

/** The text up to the first zero byte, at most `size` bytes from `at` on. */
export function fixedText(bytes: Uint8Array, at: number, size: number): string {
  const text = latin1(bytes.subarray(at, at + size));
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

/** Whether all bytes are `value`. */
export function isFilledWith(bytes: Uint8Array, value: number): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== value) return false;
  return true;
}
