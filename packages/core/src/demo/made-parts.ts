/** What made images consist of: bytes that pack like compiled code, and the form that the boot ROM loads. @module */

/** A run of bytes that boot copies to memory. */
export interface MadeSegment {
  /** CPU address. */
  readonly address: number;
  /** A multiple of 4 bytes. */
  readonly bytes: Uint8Array;
}

/** What a header says. */
export interface MadeHeader {
  /** Byte 2: 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly mode: number;
  /** Byte 3: high nibble flash map, low nibble frequency (0 = 40 MHz, 15 = 80 MHz). */
  readonly sizeFreq: number;
  /** CPU address of the first instruction. */
  readonly entry: number;
}

const MAGIC = 0xe9;
const HEADER_SIZE = 8;
const SEGMENT_HEADER_SIZE = 8;
const CHECKSUM_SEED = 0xef;

/** An image that the boot ROM loads: the checksum is the last byte of a 16-byte line. */
export function bootImage(
  { mode, sizeFreq, entry }: MadeHeader,
  segments: readonly MadeSegment[],
): Uint8Array {
  const size = segments.reduce((sum, { bytes }) => sum + SEGMENT_HEADER_SIZE + bytes.length, HEADER_SIZE);
  const image = new Uint8Array((size | 15) + 1);
  const view = new DataView(image.buffer);
  image.set([MAGIC, segments.length, mode, sizeFreq]);
  view.setUint32(4, entry, true);
  let at = HEADER_SIZE;
  let checksum = CHECKSUM_SEED;
  for (const { address, bytes } of segments) {
    view.setUint32(at, address, true);
    view.setUint32(at + 4, bytes.length, true);
    image.set(bytes, at + SEGMENT_HEADER_SIZE);
    at += SEGMENT_HEADER_SIZE + bytes.length;
    for (const byte of bytes) checksum ^= byte;
  }
  image[image.length - 1] = checksum;
  return image;
}

/** Share of bytes that repeat something from shortly before, as instructions do; sets how well the bytes pack. */
const REPEATING = 0.4;
const REPEAT_LENGTH = 6;
const REPEAT_DISTANCE = 2048;

/** Bytes that pack about as well as compiled code. */
export function codeLike(size: number, random: () => number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const fraction = (random() & 0xffff) / 0x10000;
    if (at > REPEAT_DISTANCE && fraction < REPEATING / REPEAT_LENGTH) {
      const from = at - 1 - (random() % (REPEAT_DISTANCE - REPEAT_LENGTH));
      for (let i = 0; i < REPEAT_LENGTH && at < size; i++) bytes[at++] = bytes[from - REPEAT_LENGTH + i];
    } else bytes[at++] = random() & (fraction < 0.5 ? 0xff : 0x1f);
  }
  return bytes;
}

/** xorshift32: the same words everywhere for the same seed. */
export function randomWords(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
