/** Update images for tests, in the form that the vendor's tools give them. @module */

const CHECKSUM_SEED = 0xef;

/** What an update image is made of. */
export interface UpdateImageParts {
  /** Byte 3 of the inner header: map and frequency that it was linked for. */
  readonly sizeFreq: number;
  /** Run from flash; a multiple of 16 bytes. */
  readonly code: Uint8Array;
  /** Loaded to 0x3ffe8000; a multiple of 4 bytes. */
  readonly data: Uint8Array;
}

/** An 0xEA image with a sound checksum and CRC. */
export function updateImage({ sizeFreq, code, data }: UpdateImageParts): Uint8Array {
  const inner = 16 + code.length;
  const checksumAt = Math.ceil((inner + 8 + 8 + data.length + 1) / 16) * 16 - 1;
  const bytes = new Uint8Array(checksumAt + 5);
  const view = new DataView(bytes.buffer);
  bytes.set([0xea, 4, 0, 0]);
  view.setUint32(4, 0x4010_0004, true);
  view.setUint32(12, code.length, true);
  bytes.set(code, 16);
  bytes.set([0xe9, 1, 0, sizeFreq], inner);
  view.setUint32(inner + 4, 0x4010_0004, true);
  view.setUint32(inner + 8, 0x3ffe_8000, true);
  view.setUint32(inner + 12, data.length, true);
  bytes.set(data, inner + 16);
  bytes[checksumAt] = data.reduce((sum, byte) => sum ^ byte, CHECKSUM_SEED);
  view.setUint32(checksumAt + 1, storedCrc(bytes.subarray(0, checksumAt + 1)), true);
  return bytes;
}

/** CRC-32 bit by bit, stored as the vendor's script does: plus one, of the negative the distance to zero minus one. */
function storedCrc(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  const value = ~crc >>> 0;
  return value < 0x8000_0000 ? value + 1 : 2 ** 32 - value - 1;
}
