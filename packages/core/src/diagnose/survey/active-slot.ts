/**
 * Which update slot starts, as the second boot's record at the end of the map tells.
 *
 * @module
 */
import {
  BOOT_RECORD_SIZE,
  bootRecordPlaces,
  copyInForce,
  readBootRecord,
  type UpdateSlot,
} from "../../formats/boot-record.js";
import type { FlashSize } from "../../image/flash-params.js";
import type { FlashView } from "../sources/flash-view.js";
import type { SlotState } from "../survey.js";

/** Bytes that are looked at of the flag. */
const FLAG_SIZE = 4;

/**
 * The slot that starts in the end: where the chosen one holds no program, the second boot goes over to the other one by
 * itself, once.
 * @param release the second boot's version
 * @returns `undefined` where the record lies beyond the flash, or leads to neither slot
 */
export async function readActiveSlot(
  view: FlashView,
  map: FlashSize,
  slots: readonly SlotState[],
  release: string | undefined,
): Promise<UpdateSlot | undefined> {
  const places = bootRecordPlaces(map, release);
  if (places.flag.offset + places.flag.size > view.size) return undefined;
  const [flag] = await view.read({ offset: places.flag.offset, size: FLAG_SIZE });
  const { offset } = copyInForce(flag!, places);
  const choice = readBootRecord(await view.read({ offset, size: BOOT_RECORD_SIZE }), release);
  if (choice.kind === "unread") return withFallback("user1", slots);
  if (choice.kind !== "slot") return undefined;
  return choice.isFallback ? choice.slot : withFallback(choice.slot, slots);
}

function withFallback(chosen: UpdateSlot, slots: readonly SlotState[]): UpdateSlot {
  const other = chosen === "user1" ? "user2" : "user1";
  return !holdsProgram(chosen, slots) && holdsProgram(other, slots) ? other : chosen;
}

function holdsProgram(name: UpdateSlot, slots: readonly SlotState[]): boolean {
  const state = slots.find(({ slot }) => slot === name)?.state;
  return state !== undefined && state !== "blank" && state !== "absent";
}
