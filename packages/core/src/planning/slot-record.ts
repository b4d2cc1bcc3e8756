/**
 * What it takes that the second boot starts one update slot: two bytes in the copy of the SDK's parameters that counts.
 *
 * What the SDK stored behind them stays. The sector is erased and written for it.
 *
 * @module
 */

import { bytesOf, type FlashContents } from "../flash/contents.js";
import { ERASED_BYTE } from "../flash/geometry.js";
import { contains, type Region } from "../flash/region.js";
import {
  BOOT_RECORD_SIZE,
  type BootChoice,
  type BootRecordPlaces,
  bootRecordPlaces,
  copyInForce,
  readBootRecord,
  type UpdateSlot,
  withUpdateSlot,
} from "../formats/boot-record.js";
import type { FlashSize } from "../image/flash-params.js";
import { RegionOwner } from "../maps/layout.js";
import { phrase } from "../messages/catalogue.js";
import type { Goal, GoalBlank, GoalImage } from "./goal.js";

/** Under what the second boot starts, and what it finds. */
export interface RecordSources {
  /** The map that is to be in force. */
  readonly map: FlashSize;
  /** Version of the second boot that is to be on the chip. */
  readonly release: string | undefined;
  readonly contents: FlashContents;
  /** What the plan erases besides. */
  readonly blank: readonly Pick<GoalBlank, "region">[];
}

/** The part of a goal that makes a slot start. */
export type SlotGoal = Pick<Goal, "images" | "blank">;

const NOTHING: SlotGoal = { images: [], blank: [] };

/**
 * Nothing where the slot starts anyway, or where nobody knows what starts. Where only the record is known and not what
 * stands behind it, which `gatherContents` reads, user1 starts after all three sectors have been erased.
 */
export function startingSlot(slot: UpdateSlot, sources: RecordSources): SlotGoal {
  const { map, release } = sources;
  const places = bootRecordPlaces(map, release);
  const copy = copyThatCounts(places, sources);
  const record = copy && partOf(copy, BOOT_RECORD_SIZE, sources);
  if (copy === undefined || record === undefined || starts(slot, readBootRecord(record, release))) {
    return NOTHING;
  }
  const bytes = partOf(copy, copy.size, sources);
  if (bytes !== undefined) {
    const changed = withUpdateSlot(bytes, slot, release);
    return { images: [recordImage(copy, changed, isErased(copy, sources))], blank: [] };
  }
  return slot === "user1" ? { images: [], blank: erased(places) } : NOTHING;
}

/** What `startingSlot` has to know next, and is not known; `undefined` where it knows enough. */
export function nextOfRecord(slot: UpdateSlot, sources: RecordSources): Region | undefined {
  const { map, release } = sources;
  const places = bootRecordPlaces(map, release);
  const copy = copyThatCounts(places, sources);
  if (copy === undefined) return { offset: places.flag.offset, size: BOOT_RECORD_SIZE };
  const record = partOf(copy, BOOT_RECORD_SIZE, sources);
  if (record === undefined) return { offset: copy.offset, size: BOOT_RECORD_SIZE };
  const isEnough =
    starts(slot, readBootRecord(record, release)) || partOf(copy, copy.size, sources) !== undefined;
  return isEnough ? undefined : copy;
}

function copyThatCounts(places: BootRecordPlaces, sources: RecordSources): Region | undefined {
  const flag = partOf(places.flag, 1, sources);
  return flag && copyInForce(flag[0]!, places);
}

/** The first bytes of a sector after what the plan erases. */
function partOf(sector: Region, size: number, sources: RecordSources): Uint8Array | undefined {
  if (isErased(sector, sources)) return new Uint8Array(size).fill(ERASED_BYTE);
  return bytesOf({ offset: sector.offset, size }, sources.contents);
}

function isErased(sector: Region, { blank }: RecordSources): boolean {
  return blank.some(({ region }) => contains(region, sector));
}

function starts(slot: UpdateSlot, choice: BootChoice): boolean {
  return choice.kind === "slot" ? choice.slot === slot : choice.kind === "unread" && slot === "user1";
}

function recordImage({ offset }: Region, bytes: Uint8Array, isNew: boolean): GoalImage {
  return {
    name: phrase("part-boot-record"),
    offset,
    bytes,
    owner: RegionOwner.systemParams,
    asIs: true,
    ...(isNew ? {} : { keeps: { code: "written-for-slot", params: {} } }),
  };
}

function erased({ copyA, copyB, flag }: BootRecordPlaces): GoalBlank[] {
  return [copyA, copyB, flag].map((region) => ({ region, reason: { code: "blank-for-slot", params: {} } }));
}
