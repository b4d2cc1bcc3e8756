/**
 * Which update slot starts, as the sectors at the end of the flash tell.
 *
 * The last sector of the map says which copy of the system parameters counts, and the first two bits of that copy say which
 * slot starts (0 is user1, 1 is user2). The last sector is marked with the words 0x55AA55AA and 0xAA55AA55 by SDKs since
 * about 1.0. Where the marks are missing or the copy is erased, a first byte of 1 in the last sector itself stands for
 * user2. Known from public descriptions of the SDK's binary code; not documented by its makers, and UNCERTAIN on silicon.
 *
 * @module
 */
import { isFilledWith, readWord } from "../../bytes.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../../flash/geometry.js";
import type { FlashView } from "../sources/flash-view.js";

const MARK = 0x55aa_55aa;
const USER2 = 1;
const SLOT_BITS = 0x03;
/** Bytes that are looked at of the flag, and of the copy that counts. */
const FLAG_SIZE = 32;
const COPY_SIZE = 16;

/**
 * The slot that starts.
 * @param end bytes of the flash that the map in force describes
 * @returns `undefined` where those sectors lie beyond the flash
 */
export async function readActiveSlot(view: FlashView, end: number): Promise<"user1" | "user2" | undefined> {
  if (end > view.size) return undefined;
  const flag = await view.read({ offset: end - SECTOR_SIZE, size: FLAG_SIZE });
  const sectorsBack = flag[0] === 1 ? 2 : 3;
  const copy = await view.read({ offset: end - sectorsBack * SECTOR_SIZE, size: COPY_SIZE });
  const holdsSlot = readWord(flag, 4) === MARK && !isFilledWith(copy, ERASED_BYTE);
  const number = holdsSlot ? copy[0]! & SLOT_BITS : flag[0];
  return number === USER2 ? "user2" : "user1";
}
