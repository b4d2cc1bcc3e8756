/** Firmware that the second boot loader has put into place and is about to start. @module */
import { crc32, readU32 } from "../bytes.js";
import type { Machine } from "../chip/machine.js";
import { flashMaps } from "../sdk-boot/flash-maps.js";

/** Firmware in its slot, and the map under which it starts. */
export interface LoadedFirmware {
  /** 1 or 2. */
  readonly slot: 1 | 2;
  /** CPU address of its first instruction. */
  readonly entry: number;
  /** The image from its first byte to its checksum. */
  readonly image: Uint8Array;
  /** Whether code and RAM part are what was built: the CRC-32 behind the image fits. Nothing on a real chip asks for it. */
  readonly intact: boolean;
  /** High nibble of the header's fourth byte. */
  readonly mapCode: number;
  /** Bytes of flash that the map describes, whatever chip is fitted. */
  readonly mapSize: number;
  /** Flash offset of the megabyte in which the processor sees flash: the second one while user2 of a 1024+1024 map runs. */
  readonly windowOffset: number;
  /** What a write of 2v04 and newer adds to an address below: the half of the flash in which its slot lies. */
  readonly slotBase: number;
}

/** Code 7 is described by nothing but its name, 2048+2048. UNCERTAIN on silicon, as all of codes 7 to 9. */
const UNKNOWN_MAP_SIZE = 0x400000;
const MEGABYTE = 0x100000;

/** Describes what lies at `offset`; `size` as the loader found it. */
export function loadedFirmware(
  machine: Machine,
  { slot, offset, entry, size }: { slot: 1 | 2; offset: number; entry: number; size: number },
): LoadedFirmware {
  const image = machine.flash.read(offset, size).slice();
  const mapCode = machine.flash.read(3, 1)[0]! >> 4;
  return {
    slot,
    entry,
    image,
    intact: isSealed(image, readU32(machine.flash.read(offset + size, 4), 0)),
    mapCode,
    mapSize: flashMaps[mapCode]?.size ?? UNKNOWN_MAP_SIZE,
    windowOffset: offset - (offset % MEGABYTE),
    slotBase: slot === 1 ? 0 : offset - (offset % (MEGABYTE / 2)),
  };
}

/**
 * Whether `stored` seals the image. Its makers' script takes the CRC c for a signed number and stores |c| - 1 where it is
 * negative, c + 1 otherwise; a later copy of the script stores c + 1 always.
 */
function isSealed(image: Uint8Array, stored: number): boolean {
  const crc = crc32(image);
  return stored === (crc + 1) >>> 0 || (crc >>> 31 === 1 && stored === ~crc >>> 0);
}
