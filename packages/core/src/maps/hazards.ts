/**
 * What goes wrong under a map, found by laying the firmware's regions over its code and over each other.
 *
 * @module
 */
import { intersect, mergeRegions, type Region, regionBetween, regionEnd } from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import type { mapMessages } from "../messages/map.js";
import { Erasure, type FlashLayout, type LayoutRegion, RegionOwner, WrittenAt } from "./layout.js";

/** How bad a hazard is. */
export const HazardEffect = {
  /** Starting the board, or saving something, destroys code or keeps the board from starting. */
  fatal: "fatal",
  /** An update, or a program that trusts the list of free flash, destroys code or data; or a feature fails. */
  limiting: "limiting",
  /** Nothing of worth is hit, or only where it comes back by itself. */
  minor: "minor",
} as const;
export type HazardEffect = (typeof HazardEffect)[keyof typeof HazardEffect];

type HazardCode = Extract<keyof typeof mapMessages, `hazard-${string}`>;

/** One thing that goes wrong. */
export interface Hazard {
  /** In words, with offset and size of what is hit. */
  readonly what: Statement & { readonly code: HazardCode };
  /** What makes it happen. */
  readonly when: WrittenAt;
  readonly effect: HazardEffect;
  /** The region that is written, or that is missing; `undefined` where no single one is to blame. */
  readonly region: LayoutRegion | undefined;
  /** The bytes that are hit. */
  readonly overlap: Region | undefined;
}

/** A hazard with the words of `code`, which name its bytes. */
export function hazard(
  code: HazardCode,
  effect: HazardEffect,
  { when, region, overlap }: Partial<Pick<Hazard, "when" | "region" | "overlap">> = {},
): Hazard {
  const at = overlap ?? region;
  const params = at === undefined ? {} : { offset: at.offset, size: at.size, end: regionEnd(at) };
  return {
    what: { code, params: { ...params, ...(region && { region: region.id }) } },
    when: when ?? region?.writtenAt ?? WrittenAt.never,
    effect,
    region,
    overlap,
  };
}

/**
 * The bytes that the application fills: up to `imageEnd`, or all that it may fill where that is not known. Two stretches
 * where the makers left room for calibration between them, else one.
 */
export function imageRegions(layout: FlashLayout, imageEnd?: number): Region[] {
  const parts = mergeRegions([...layout.regions, ...layout.beyond].filter(holdsApplication));
  const last = parts.pop();
  if (last === undefined) return [];
  const end = imageEnd ?? regionEnd(last);
  return mergeRegions(
    [...parts, last].map((part) => (part === last ? regionBetween(part.offset, end) : clip(part, end))),
  );
}

function clip({ offset, size }: Region, end: number): Region {
  return regionBetween(offset, Math.min(offset + size, end));
}

/** All that the regions of `layout` do to the image, to the boot loader and to each other, by rising offset. */
export function findHazards(layout: FlashLayout, image: readonly Region[]): Hazard[] {
  const regions = [...layout.regions, ...layout.beyond];
  return [
    ...regions.flatMap((region) => hazardToBoot(region)),
    ...regions.flatMap((region) => image.flatMap((part) => hazardToImage(region, part))),
    ...regions.flatMap((region) => hazardsToRegions(region, regions)),
  ];
}

function holdsApplication({ owner }: LayoutRegion): boolean {
  return owner === RegionOwner.user1 || owner === RegionOwner.app;
}

/** Only calibration is ever placed over the boot loader, under maps that the firmware does not know. */
function hazardToBoot(region: LayoutRegion): Hazard[] {
  if (region.owner !== RegionOwner.rfCal || region.offset !== 0) return [];
  return [hazard("hazard-boot-overwritten", HazardEffect.fatal, { region, overlap: region })];
}

const inImage: Partial<Record<RegionOwner, { code: HazardCode; effect: HazardEffect }>> = {
  "rf-cal": { code: "hazard-rf-cal-in-image", effect: "fatal" },
  // A flasher writes it and the SDK looks for it there: either the code is damaged, or the board does not start.
  "phy-init": { code: "hazard-phy-init-in-image", effect: "fatal" },
  "system-params": { code: "hazard-params-in-image", effect: "fatal" },
  "boot-flag": { code: "hazard-params-in-image", effect: "fatal" },
  wifi: { code: "hazard-wifi-in-image", effect: "fatal" },
  "saved-code": { code: "hazard-save-in-image", effect: "fatal" },
  storage: { code: "hazard-save-in-image", effect: "fatal" },
  settings: { code: "hazard-save-in-image", effect: "fatal" },
  "file-system": { code: "hazard-save-in-image", effect: "fatal" },
  user2: { code: "hazard-update-in-image", effect: "limiting" },
  eeprom: { code: "hazard-save-in-image", effect: "fatal" },
  free: { code: "hazard-free-in-image", effect: "limiting" },
};

function hazardToImage(region: LayoutRegion, image: Region): Hazard[] {
  const known = inImage[region.listedFree ? RegionOwner.free : region.owner];
  const overlap = intersect(region, image);
  if (known === undefined || overlap === undefined) return [];
  return [hazard(known.code, known.effect, { region, overlap })];
}

/** What a region that is written by others' doing does to regions that are somebody's. */
function hazardsToRegions(writer: LayoutRegion, regions: readonly LayoutRegion[]): Hazard[] {
  return regions.flatMap((region) => {
    const overlap = region === writer ? undefined : intersect(writer, region);
    const known = overlap && inRegion(writer, region);
    return known === undefined ? [] : [hazard(known.code, known.effect, { region: writer, overlap })];
  });
}

function inRegion(
  writer: LayoutRegion,
  hit: LayoutRegion,
): { code: HazardCode; effect: HazardEffect } | undefined {
  const isFree = writer.listedFree === true;
  if (isFree && hit.owner === RegionOwner.user2)
    return { code: "hazard-free-holds-slot", effect: HazardEffect.minor };
  if (isFree && ownedBySdk(hit)) return { code: "hazard-free-holds-sdk", effect: HazardEffect.minor };
  if (!isPersonal(hit)) return undefined;
  if (isFree) return { code: "hazard-free-holds-data", effect: HazardEffect.limiting };
  if (writer.owner === RegionOwner.user2)
    return { code: "hazard-update-in-data", effect: HazardEffect.limiting };
  if (writer.writtenAt === WrittenAt.boot || writer.writtenAt === WrittenAt.wifiSave)
    return { code: "hazard-data-overwritten", effect: HazardEffect.limiting };
  return undefined;
}

/**
 * Whether of two regions that overlap the firmware only says of one, wrongly, that it is free: nothing writes there but a
 * program that believes it, and what it hits is no code in use and nobody's data.
 */
export function isOnlyListedFree(one: LayoutRegion, other: LayoutRegion): boolean {
  return [inRegion(one, other), inRegion(other, one)].some((known) => known?.effect === HazardEffect.minor);
}

function ownedBySdk({ owner }: LayoutRegion): boolean {
  return (
    owner === RegionOwner.rfCal ||
    owner === RegionOwner.phyInit ||
    owner === RegionOwner.systemParams ||
    owner === RegionOwner.bootFlag
  );
}

/** What a person stored and the firmware keeps for them; not what a program put into free flash. */
function isPersonal({ owner, erasure }: LayoutRegion): boolean {
  const own: RegionOwner[] = [
    RegionOwner.free,
    RegionOwner.eeprom,
    RegionOwner.systemParams,
    RegionOwner.phyInit,
  ];
  return erasure === Erasure.losesData && !own.includes(owner);
}
