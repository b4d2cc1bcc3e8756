/**
 * Megabits written for megabytes: esptool's old names for sizes are in bits, everybody's for chips in bytes.
 *
 * @module
 */
import type { FlashSize } from "../../image/flash-params.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";

/**
 * The plain map of as many megabytes as the text has megabits, where the files fit into it: `4m` for 4 MB.
 * @param needed bytes from the start of flash to the end of the last file, which are more than the megabits have
 */
export function megabytesMeant(text: string, needed: number): FlashSize | undefined {
  const count = /^(\d{1,3})m(?:bit)?(-c\d)?$/i.exec(text.trim());
  if (count === null) return undefined;
  const name = `${count[1]}MB${count[2] ?? ""}`.toLowerCase();
  const meant = esp8266FlashParams.sizes.find((candidate) => candidate.name.toLowerCase() === name);
  return meant !== undefined && needed <= meant.size ? meant : undefined;
}
