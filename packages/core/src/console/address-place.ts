/**
 * Where an address of a crash report lies: in which memory and, for flash, in whose region.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import { type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";
import { regionWords } from "../maps/region-words.js";

/** The program that runs, as far as it is known. */
export interface RunningProgram {
  readonly layout?: FlashLayout | undefined;
  /** Offset in flash of the slot that was started; the chip sees the megabyte in which that lies. */
  readonly slotOffset?: number | undefined;
}

type PlaceCode = `address-${"null" | "rom" | "code-ram" | "data-ram" | "registers" | "nothing"}`;

/** CPU addresses without those of flash. Source: the chip's memory map, as in `stack-dump.ts` for code. */
const AREAS: readonly (readonly [start: number, end: number, code: PlaceCode])[] = [
  [0, 0x1000, "address-null"],
  [0x3ff0_0000, 0x3ff8_0000, "address-registers"],
  [0x3ffe_8000, 0x4000_0000, "address-data-ram"],
  [0x4000_0000, 0x4001_0000, "address-rom"],
  [0x4010_0000, 0x4010_c000, "address-code-ram"],
  [0x6000_0000, 0x6000_2000, "address-registers"],
];
const FLASH_WINDOW = 0x4020_0000;
const MEGABYTE = 0x10_0000;
const CODE_OWNERS: readonly RegionOwner[] = [RegionOwner.user1, RegionOwner.user2, RegionOwner.app];

/** Where an address lies, in words. */
export function addressPlace(address: number, program: RunningProgram = {}): Statement {
  if (address >= FLASH_WINDOW && address < FLASH_WINDOW + MEGABYTE) return flashPlace(address, program);
  const area = AREAS.find(([start, end]) => address >= start && address < end);
  return { code: area?.[2] ?? "address-nothing", params: {} };
}

function flashPlace(address: number, { layout, slotOffset = 0 }: RunningProgram): Statement {
  const window = slotOffset - (slotOffset % MEGABYTE);
  const offset = address - FLASH_WINDOW + window;
  const regions = (layout?.regions ?? []).filter((region) => holds(region, offset));
  const code = regions.find(({ owner }) => CODE_OWNERS.includes(owner));
  const other = regions.find((region) => region !== code && region.listedFree === undefined);
  const named = (code ?? other ?? regions[0])?.id;
  if (named === undefined) return { code: "address-flash", params: { offset } };
  const params = { offset, name: regionWords(named).name, id: named };
  if (code === undefined || other === undefined) return { code: "address-flash-region", params };
  return { code: "address-flash-contested", params: { ...params, other: regionWords(other.id).name } };
}

function holds({ offset, size }: LayoutRegion, at: number): boolean {
  return at >= offset && at < offset + size;
}
