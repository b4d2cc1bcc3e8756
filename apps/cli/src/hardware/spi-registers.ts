/** Flash controller SPI0 of the ESP8266, for commands of our own, and what the flash chip answers. @module */

const BASE = 0x60000200;

/** Addresses of its registers. `buffer` is the first of 16 words. */
export const SPI = {
  command: BASE,
  status: BASE + 0x10,
  user: BASE + 0x1c,
  user1: BASE + 0x20,
  user2: BASE + 0x24,
  buffer: BASE + 0x40,
} as const;

/** BP0 to BP2 of the flash chip's status register 1: on the usual parts they protect everything. */
export const PROTECTION = 0x1c;
