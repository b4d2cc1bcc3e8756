/**
 * Flash map codes: the high nibble of header byte 3, as the running firmware sees it.
 *
 * @module
 */
import type { FlashSize, Statement } from "../image/flash-params.js";
import type { mapMessages } from "../messages/map.js";
import { esp8266FlashParams } from "../targets/esp8266/flash-params.js";

/** All map codes, 0 to 9. */
export const mapCodes: readonly number[] = esp8266FlashParams.sizes.map(mapCodeOf);

/** The map with a code of 0 to 9; `undefined` for any other number. */
export function flashMap(code: number): FlashSize | undefined {
  return esp8266FlashParams.sizes.find((size) => mapCodeOf(size) === code);
}

/** The map code of a flash size: 6 for `4MB-c1`, whose nibble in place is 0x60. */
export function mapCodeOf(size: Pick<FlashSize, "code">): number {
  return size.code >> 4;
}

/**
 * What a map's name stands for, for somebody who has only ever seen one of its spellings.
 * @throws RangeError for a code that is no map's
 */
export function explainMap(code: number): Statement {
  const size = flashMap(code);
  if (size === undefined) throw new RangeError(`no flash map has the code ${code}`);
  const { name, megabitName, guiName, split, user2Offset } = size;
  return {
    code: meaningOf(size),
    params: { map: code, name, megabitName, guiName, size: size.size, split, user2: user2Offset },
  };
}

function meaningOf({ code, discouraged, user2Offset }: FlashSize): MeaningCode {
  if (discouraged) return "map-meaning-discouraged";
  if (user2Offset === undefined) return "map-meaning-one-slot";
  return code >= FIRST_OF_NEW_BOOT ? "map-meaning-new-boot" : "map-meaning";
}

type MeaningCode = Extract<keyof typeof mapMessages, `map-meaning${string}`>;

/** 8MB and 16MB: boot_v1.6, which firmware commonly ships, has no text for them, and Espruino's tables no entry. */
const FIRST_OF_NEW_BOOT = 0x80;
