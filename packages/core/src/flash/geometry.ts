/**
 * The units of serial NOR flash. All chips that the ESP8266 boots from share them.
 *
 * @module
 */

/** Bytes of one page, the largest unit that one program command writes. */
export const PAGE_SIZE = 0x100;

/** Bytes of one sector, the smallest unit that can be erased (command 0x20). */
export const SECTOR_SIZE = 0x1000;

/** Bytes of one block, the large erase unit (command 0xd8); about four times faster than its 16 sectors. */
export const BLOCK_SIZE = 0x1_0000;

/** The most flash that the chip addresses, in bytes. */
export const LARGEST_FLASH = 0x100_0000;

/** What an erased byte reads as. Programming only clears bits, an erase sets them all. */
export const ERASED_BYTE = 0xff;
