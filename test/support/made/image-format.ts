/**
 * The two image formats, written for tests from their description and not with the code that reads them.
 *
 *     0xE9  header (magic, segment count, mode, size|freq, entry), segments (address, size, data), zeros, checksum
 *     0xEA  header (magic, 4, 0, slot, entry, 0, code size), code that runs from flash, an 0xE9 image, CRC
 *
 * @module
 */
import { concat, words } from "./filler.js";

/** A run of bytes that boot copies to memory. */
export interface MadeSegment {
  /** CPU address. */
  readonly address: number;
  /** A multiple of 4 bytes. */
  readonly bytes: Uint8Array;
}

/** What an 0xE9 header says. */
export interface MadeHeader {
  /** Byte 2: 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly mode: number;
  /** Byte 3: high nibble flash map, low nibble frequency (0 = 40 MHz, 15 = 80 MHz). */
  readonly sizeFreq: number;
  /** CPU address of the first instruction. */
  readonly entry: number;
}

/** An image that the boot ROM, or the second boot, loads. */
export function bootRomImage(header: MadeHeader, segments: readonly MadeSegment[]): Uint8Array {
  const { mode, sizeFreq, entry } = header;
  const body = concat(
    Uint8Array.of(0xe9, segments.length, mode, sizeFreq),
    words(entry),
    ...segments.map(({ address, bytes }) => concat(words(address, bytes.length), bytes)),
  );
  // Whole lines of 16 bytes; what fills its line already gets one more, since the checksum is a line's last byte.
  const image = new Uint8Array((body.length | 15) + 1);
  image.set(body);
  image[image.length - 1] = segments.reduce(
    (sum, { bytes }) => bytes.reduce((xor, byte) => xor ^ byte, sum),
    0xef,
  );
  return image;
}

/** Bytes that `slotImage` needs beside the code and the segments' data, for three segments. */
export function slotOverhead(segmentBytes: number): number {
  return 16 + ((8 + 3 * 8 + segmentBytes) | 15) + 1 + 4;
}

/** How the CRC at the end of a slot's image is stored. */
export type StoredCrc = "vendor" | "unsigned";

/**
 * An image for a slot of Espressif's second boot.
 * @param slot byte 3: 0 and 1 in Espruino, 1 and 2 in Espressif's AT
 * @param code runs from flash; a multiple of 16 bytes
 */
export function slotImage(
  slot: number,
  code: Uint8Array,
  header: MadeHeader,
  segments: readonly MadeSegment[],
  storedCrc: StoredCrc = "vendor",
): Uint8Array {
  if (code.length % 16 !== 0) throw new Error(`code of ${code.length} bytes is no multiple of 16`);
  const unsealed = concat(
    Uint8Array.of(0xea, 4, 0, slot),
    words(header.entry, 0, code.length),
    code,
    bootRomImage(header, segments),
  );
  return concat(unsealed, words(sealOf(crc32Of(unsealed), storedCrc)));
}

/** The vendor's script takes the CRC as a signed number and stores |c| - 1 below zero, |c| + 1 else; a later copy c + 1. */
function sealOf(crc: number, storedCrc: StoredCrc): number {
  const signed = crc | 0;
  if (storedCrc === "vendor" && signed < 0) return -signed - 1;
  return signed + 1;
}

/** CRC-32 as zlib has it. */
export function crc32Of(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
