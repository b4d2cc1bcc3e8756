/**
 * The erase-size bug of the ESP8266's mask ROM.
 *
 * Asked to erase N sectors, the ROM erases up to the next 64 KiB boundary and then N sectors more, because it
 * subtracts a counter that it has already used up. Read from the ROM's code and measured on it under emulation.
 *
 * @module
 */
import { BLOCK_SIZE, SECTOR_SIZE } from "../../flash/geometry.js";
import type { Region } from "../../flash/region.js";

const SECTORS_PER_BLOCK = BLOCK_SIZE / SECTOR_SIZE;

/** Sectors from `region` to the end of the 64 KiB block that it begins in. */
function headSectors(region: Region): number {
  return SECTORS_PER_BLOCK - ((region.offset / SECTOR_SIZE) % SECTORS_PER_BLOCK);
}

/**
 * The erase word of FLASH_BEGIN for which the ROM erases at least `region` and as little else as it can.
 * @param region aligned to sectors
 */
export function romEraseWord(region: Region): number {
  const sectors = region.size / SECTOR_SIZE;
  const head = Math.min(headSectors(region), sectors);
  return (sectors < 2 * head ? Math.ceil(sectors / 2) : sectors - head) * SECTOR_SIZE;
}

/** What the ROM erases for `romEraseWord(region)`: for odd counts one sector behind the region too. */
export function romErases(region: Region): Region {
  const asked = romEraseWord(region) / SECTOR_SIZE;
  return { offset: region.offset, size: (asked + Math.min(headSectors(region), asked)) * SECTOR_SIZE };
}
