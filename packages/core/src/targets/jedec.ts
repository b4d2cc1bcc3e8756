/**
 * JEDEC ids of flash chips: makers and sizes.
 *
 * Sources: the capacity codes of Espressif's tools; flashrom's and the ESP8266 Arduino core's lists of makers.
 *
 * @module
 */

/** A flash chip as its id describes it. */
export interface FlashInfo {
  /** JEDEC id: manufacturer in bits 7..0, type in 15..8, capacity in 23..16. */
  readonly id: number;
  readonly manufacturer: number;
  /** Type and capacity in the order in which they are written: 0x4016. */
  readonly device: number;
  readonly manufacturerName?: string;
  /** Bytes; `undefined` where the capacity code is unknown. */
  readonly size?: number;
}

/** Ids with which no flash chip answers. */
const NOT_ANSWERING = new Set([0xffffff, 0x000000, 0xffff3f]);

const MAKERS: ReadonlyMap<number, string> = new Map([
  [0x01, "Spansion"],
  [0x0b, "XTX"], // UNCERTAIN: general knowledge
  [0x1c, "EON"],
  [0x1f, "Adesto"],
  [0x20, "XMC"],
  [0x37, "AMIC"],
  [0x46, "XMC"],
  [0x5e, "Zbit"],
  [0x68, "Boya"],
  [0x85, "Puya"],
  [0x8c, "ESMT"],
  [0x9d, "ISSI"],
  [0xa1, "Fudan"], // UNCERTAIN: general knowledge
  [0xbf, "SST"],
  [0xc2, "Macronix"],
  [0xc8, "GigaDevice"],
  [0xd8, "GigaDevice"],
  [0xe0, "BergMicro"],
  [0xef, "Winbond"],
]);

const ADESTO = 0x1f;
const MB = 0x100000;
/** Adesto keeps the size in the low 5 bits of the type byte. */
const ADESTO_SIZES: ReadonlyMap<number, number> = new Map([
  [0x04, MB / 2],
  [0x05, MB],
  [0x06, 2 * MB],
  [0x07, 4 * MB],
  [0x08, 8 * MB],
  [0x09, 16 * MB],
]);
/** Capacity codes that are not simply the binary logarithm of the size. */
const ODD_SIZES: ReadonlyMap<number, number> = new Map([
  [0x20, 64 * MB],
  [0x21, 128 * MB],
  [0x22, 256 * MB],
  [0x39, 32 * MB],
  [0x3a, 64 * MB],
]);

/** What a JEDEC id says; `undefined` where no flash chip answered. */
export function parseFlashId(id: number): FlashInfo | undefined {
  if (NOT_ANSWERING.has(id & 0xffffff)) return undefined;
  const manufacturer = id & 0xff;
  const type = (id >>> 8) & 0xff;
  const capacity = (id >>> 16) & 0xff;
  const manufacturerName = MAKERS.get(manufacturer);
  const size = manufacturer === ADESTO ? ADESTO_SIZES.get(type & 0x1f) : sizeOf(capacity);
  return {
    id: id & 0xffffff,
    manufacturer,
    device: (type << 8) | capacity,
    ...(manufacturerName === undefined ? {} : { manufacturerName }),
    ...(size === undefined ? {} : { size }),
  };
}

function sizeOf(capacity: number): number | undefined {
  if (capacity >= 0x12 && capacity <= 0x1c) return 2 ** capacity;
  if (capacity >= 0x32 && capacity <= 0x38) return 2 ** (capacity - 0x20);
  return ODD_SIZES.get(capacity);
}
