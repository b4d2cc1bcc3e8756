/** The content of a flash in parts that belong together. Pure. @module */
import {
  alignDown,
  alignUp,
  ERASED_BYTE,
  esp8266,
  inspectEspImage,
  intersect,
  mergeRegions,
  type Region,
  regionBetween,
  regionEnd,
  SECTOR_SIZE,
  subtractRegions,
} from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";

/** A part of a flash. */
export interface FlashPart extends Region {
  /** What it is: `boot`, `user1`, `wifi`; `data` where nobody knows. */
  readonly what: string;
}

/** Whole-chip images are filled with one of these; neither is anybody's data where a sector holds nothing else. */
const FILLS: readonly number[] = [ERASED_BYTE, 0x00];
/** The stub writes words. */
const WORD = 4;

/**
 * Boot loader and applications as long as their headers say, then what every region of the layout holds beside them, then
 * what lies outside of all. Sectors of erased bytes or of zeros are left out. By rising offset, without overlaps.
 */
export function splitFlash(bytes: Uint8Array, survey: Survey): FlashPart[] {
  const parts: FlashPart[] = [];
  const used = usedRegions(bytes);
  const add = (what: string, region: Region) => {
    for (const stretch of subtractRegions(region, parts).flatMap((rest) => within(rest, used))) {
      const trimmed = withoutErasedEnds(bytes, stretch);
      if (!isFill(bytes.subarray(trimmed.offset, regionEnd(trimmed)))) parts.push({ what, ...trimmed });
    }
  };
  for (const image of images(bytes, survey)) parts.push(image);
  for (const { id, offset, size } of survey.layout?.regions ?? []) add(id, { offset, size });
  add("data", { offset: 0, size: bytes.length });
  return parts.sort((a, b) => a.offset - b.offset);
}

function images(bytes: Uint8Array, { slots, bootLoader }: Survey): FlashPart[] {
  const applications = slots
    .filter(({ state }) => state !== "blank" && state !== "absent")
    .flatMap(({ slot, offset, size }) => (size === undefined ? [] : [{ what: slot, offset, size }]))
    .filter((part) => regionEnd(part) <= bytes.length);
  if (bootLoader === undefined) return applications;
  const size = inspectEspImage(bytes.subarray(0, SECTOR_SIZE), esp8266.image).image?.size;
  return size === undefined ? applications : [{ what: "boot", offset: 0, size }, ...applications];
}

/** Sectors that hold more than fill, merged. */
function usedRegions(bytes: Uint8Array): Region[] {
  const used: Region[] = [];
  for (let offset = 0; offset < bytes.length; offset += SECTOR_SIZE) {
    const end = Math.min(offset + SECTOR_SIZE, bytes.length);
    if (!isFill(bytes.subarray(offset, end))) used.push(regionBetween(offset, end));
  }
  return mergeRegions(used);
}

/** Nothing, or one fill byte over and over. */
function isFill(bytes: Uint8Array): boolean {
  return bytes.length === 0 || (FILLS.includes(bytes[0]) && bytes.every((byte) => byte === bytes[0]));
}

function within(region: Region, regions: readonly Region[]): Region[] {
  return regions.flatMap((one) => intersect(one, region) ?? []);
}

/** Without the erased bytes at either end, in whole words. */
function withoutErasedEnds(bytes: Uint8Array, { offset, size }: Region): Region {
  let start = offset;
  let end = offset + size;
  while (end > start && bytes[end - 1] === ERASED_BYTE) end--;
  while (start < end && bytes[start] === ERASED_BYTE) start++;
  const last = Math.min(alignUp(end, WORD), bytes.length);
  return regionBetween(Math.min(alignDown(start, WORD), last), last);
}
