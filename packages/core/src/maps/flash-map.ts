/**
 * Flash map codes: the high nibble of header byte 3, as the running firmware sees it.
 *
 * @module
 */
import type { FlashSize } from "../image/flash-params.js";
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
