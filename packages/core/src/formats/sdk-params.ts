/**
 * The SDK's three sectors of system parameters: two copies and a flag that says which one counts.
 *
 * Their format is not documented. Known is that the copies hold the Wi-Fi mode and, where a firmware lets the SDK store them,
 * name and key of the network in clear text. Where in the sector is UNCERTAIN and differs between SDKs, so nothing is looked
 * for: a copy that is not blank counts as a secret, whole.
 *
 * @module
 */
import { isFilledWith } from "../bytes.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import type { Region } from "../flash/region.js";

/** Whether copies hold anything, and with that perhaps the name and key of a network. Survives any bytes. */
export function holdsSdkParams(copies: Uint8Array): boolean {
  return !isFilledWith(copies, 0xff);
}

/** The two copies of a flash whose map ends at `end`: the only ones of its last five sectors that can hold a key. */
export function sdkParamCopies(end: number): Region {
  return { offset: end - 3 * SECTOR_SIZE, size: 2 * SECTOR_SIZE };
}
