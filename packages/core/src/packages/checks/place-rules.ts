/**
 * Where files must not go, by what they are and under which map; whether their bytes are at hand does not matter.
 *
 * @module
 */
import type { FlashSize } from "../../image/flash-params.js";
import { esp8266FlashParams } from "../../targets/esp8266/flash-params.js";
import type { PackageFinding } from "../firmware-package.js";
import { BLANK_FROM_END, BLANK_SLIP, PHY_INIT_FROM_END } from "../places.js";

/** A file, and the offset that somebody chose for it. */
export interface ChosenPlace {
  readonly name: string;
  /** Bytes from the start of flash. */
  readonly offset: number;
}

/** What `BLANK_SLIP` was to be. */
const BLANK_MEANT = 0x3f_e000;

/** An image for the second boot does not start from 0. */
export function checkUpdateStart({ name, offset }: ChosenPlace): PackageFinding[] {
  if (offset !== 0) return [];
  return [{ code: "update-image-at-start", severity: "error", params: { name } }];
}

/** PHY init data has one place under each map. @param size in force; `undefined` where it depends on the chip */
export function checkPhyInitPlace(
  { name, offset }: ChosenPlace,
  size: FlashSize | undefined,
): PackageFinding[] {
  if (size === undefined ? isPlaceOf(offset, PHY_INIT_FROM_END) : offset === size.size - PHY_INIT_FROM_END) {
    return [];
  }
  const bytes = size?.size ?? sizeNearest(offset);
  const params = { name, offset, size: bytes, expected: bytes - PHY_INIT_FROM_END };
  return [{ code: "package-phy-init-misplaced", severity: "error", params }];
}

/**
 * A blank may go anywhere to clear a sector; at the end of another flash size, or at a known slip, it is a mistake.
 * @param alsoAt where the firmware wants one beside the end
 */
export function checkBlankPlace(
  { name, offset }: ChosenPlace,
  size: FlashSize | undefined,
  alsoAt: readonly (number | undefined)[],
): PackageFinding[] {
  if (offset === BLANK_SLIP) {
    const params = { name, offset, expected: BLANK_MEANT };
    return [{ code: "package-blank-typo", severity: "error", params }];
  }
  if (size === undefined || offset === size.size - BLANK_FROM_END) return [];
  if (alsoAt.includes(offset) || !isPlaceOf(offset, BLANK_FROM_END)) return [];
  const params = { name, offset, size: size.size, expected: size.size - BLANK_FROM_END };
  return [{ code: "package-blank-misplaced", severity: "warning", params }];
}

/** Whether an offset is that far from the end of any flash size. */
function isPlaceOf(offset: number, fromEnd: number): boolean {
  return esp8266FlashParams.sizes.some(({ size }) => offset === size - fromEnd);
}

/** The smallest flash that an offset lies in; the largest where it lies in none. */
function sizeNearest(offset: number): number {
  const sizes = esp8266FlashParams.sizes.map(({ size }) => size);
  const larger = sizes.filter((size) => size > offset);
  return larger.length === 0 ? Math.max(...sizes) : Math.min(...larger);
}
