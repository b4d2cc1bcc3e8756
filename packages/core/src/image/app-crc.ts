/**
 * The CRC that ends an update image.
 *
 * @module
 */

/** CRC-32 as in zlib and Ethernet (polynomial 0xEDB88320 reflected, start and final XOR all ones), unsigned. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/**
 * The value that the vendor's image script stores for a CRC-32 `c`: it takes `c` as signed and stores |c| - 1 for a
 * negative one and |c| + 1 otherwise. Measured on the vendor's own images.
 */
export function appCrcOf(crc: number): number {
  return crc >>> 31 === 1 ? ~crc >>> 0 : crc + 1;
}

/** The value that scripts store which take the same CRC as unsigned: plus one in every case. */
export function unsignedAppCrcOf(crc: number): number {
  return (crc + 1) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? 0xedb8_8320 ^ (value >>> 1) : value >>> 1;
  return value;
});
