/** Where the mask ROM keeps things in RAM, and its entries that other programs use. @module */

/** The buffer that each received packet lands in, from its first header byte. */
export const PACKET_BUFFER = 0x3fffa000;
/** Bytes of a packet that the ROM keeps; what is beyond is dropped. */
export const PACKET_LIMIT = 0x2000;
/** The flash descriptor: id, size, block, sector, page, status mask. */
export const FLASH_DESCRIPTOR = 0x3fffc718;
/** The word of the descriptor that bounds every ROM access to the flash. */
export const FLASH_SIZE_WORD = FLASH_DESCRIPTOR + 4;
/** Start over as after a reset, without one. */
export const RESET_VECTOR = 0x40000080;
/** Load the image at flash offset 0 and run it. */
export const BOOT_FLASH_ENTRY = 0x400010a8;

/** What the descriptor holds after a reset: 4 MiB, whatever chip is fitted. */
export const DEFAULT_DESCRIPTOR = [0x001640ef, 0x400000, 0x10000, 0x1000, 0x100, 0xffff] as const;
