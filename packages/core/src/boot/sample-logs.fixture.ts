/**
 * Boot logs for tests, as they arrive at 74880 baud.
 *
 * @module
 */

import { esp8266BootDialect } from "../targets/esp8266/boot-dialect.js";
import type { BootEvent } from "./boot-event.js";
import { BootLogParser } from "./boot-log.js";

/** Text as the bytes of a serial line, one per character. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** All events of a log that has ended. */
export const eventsOf = (log: string | Uint8Array): BootEvent[] => {
  const parser = new BootLogParser(esp8266BootDialect);
  const events = parser.push(typeof log === "string" ? latin1(log) : log);
  return [...events, ...parser.flush()];
};

/** First line of a reset by the RESET pin into flash boot. */
export const banner = (cause = 2, mode = 3): string =>
  `\r\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${mode},6)\r\n\r\n`;

/** The ROM loads boot_v1.6 without an error. */
export const loads = [
  "load 0x40100000, len 2408, room 16 ",
  "tail 8",
  "chksum 0xe5",
  "load 0x3ffe8000, len 776, room 0 ",
  "tail 8",
  "chksum 0x84",
  "load 0x3ffe8310, len 632, room 0 ",
  "tail 8",
  "chksum 0xd8",
  "csum 0xd8",
  "",
].join("\r\n");

/** boot_v1.6 starts user1 on a 4MB-c1 map. */
export const secondBoot = [
  "",
  "2nd boot version : 1.6",
  "  SPI Speed      : 40MHz",
  "  SPI Mode       : DIO",
  "  SPI Flash Size & Map: 32Mbit(1024KB+1024KB)",
  "jump to run user1 @ 1000",
  "",
  "",
].join("\r\n");
