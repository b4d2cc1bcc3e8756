/**
 * Whether a firmware may run under a map on a chip: the compatibility matrix, worked out from the layouts.
 *
 * @module
 */
import { type Region, regionEnd } from "../flash/region.js";
import { definitionOf, withLinkedBuild } from "./firmware/registry.js";
import type { FirmwareId } from "./firmware-id.js";
import { flashMap } from "./flash-map.js";
import { findHazards, type Hazard, HazardEffect, hazard, imageRegions } from "./hazards.js";
import { type FlashLayout, type LayoutRegion, RegionOwner, WrittenAt } from "./layout.js";
import { layoutFor } from "./layout-for.js";
import { inVersionRange } from "./versions.js";

/** A map's worth for a firmware, from worst to best. */
export const MapVerdict = {
  /** The firmware itself writes over the boot loader. */
  forbidden: "forbidden",
  /** The firmware does not know the map; what it does is anybody's guess. */
  undefined: "undefined",
  /** The map declares more flash than the chip has. */
  exceedsChip: "exceeds-chip",
  /** Ordinary use destroys code. */
  fatal: "fatal",
  /** It runs; an update, or a program that uses flash called free, destroys code or data, or saving fails. */
  limited: "limited",
  ok: "ok",
} as const;
export type MapVerdict = (typeof MapVerdict)[keyof typeof MapVerdict];

/** A firmware under a map on a chip. */
export interface MapQuestion {
  readonly firmware: FirmwareId;
  /** Map code 0 to 9. */
  readonly map: number;
  /** Bytes of the real chip; as many as the map declares where it is not known. */
  readonly flashSize?: number;
  /** Offset behind the application's last byte; where it is not known, all that it may fill under its own map counts. */
  readonly imageEnd?: number;
  /** Map code for which this image was linked, where its header says so; else what the build is known for. */
  readonly linkedMap?: number;
}

/** The answer. */
export interface MapJudgement {
  readonly map: number;
  readonly verdict: MapVerdict;
  /** Worst first; also those that do no harm worth a verdict. */
  readonly hazards: readonly Hazard[];
  readonly layout: FlashLayout;
}

/** What comes of running a firmware under a map; `undefined` where its layout is not known. */
export function judgeMap(asked: MapQuestion): MapJudgement | undefined {
  const question = { ...asked, firmware: withLinkedBuild(asked.firmware, asked.linkedMap) };
  const { firmware, map, flashSize, imageEnd } = question;
  const layout = layoutFor(firmware, map, flashSize);
  if (layout === undefined) return undefined;
  const image = imageRegions(layout, imageEnd ?? assumedImageEnd(question));
  const hazards = [
    ...mapHazards(question, layout),
    ...findHazards(layout, image),
    ...outsideHazards(layout, image),
    ...updateHazards(question, layout),
    ...wifiHazards(question, layout),
  ].sort((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect));
  return { map, verdict: verdictOf(hazards), hazards, layout };
}

/** The map for which a build is linked; `undefined` where its makers link it for several, or where it is not known. */
export function linkedMapOf(firmware: FirmwareId): number | undefined {
  return definitionOf(firmware)?.builds.find(({ name }) => name === firmware.build)?.linkedMap;
}

/** Up to the first sector that the firmware writes under its own map: an image that reached it would never have worked. */
function assumedImageEnd({ firmware, linkedMap }: MapQuestion): number | undefined {
  const linked = linkedMap ?? linkedMapOf(firmware);
  const layout = linked === undefined ? undefined : layoutFor(firmware, linked);
  if (layout === undefined) return undefined;
  const hit = findHazards(layout, imageRegions(layout)).filter(({ effect }) => effect === HazardEffect.fatal);
  const ends = hit.flatMap(({ overlap }) => (overlap === undefined ? [] : [overlap.offset]));
  return ends.length === 0 ? undefined : Math.min(...ends);
}

const effects: readonly HazardEffect[] = [HazardEffect.fatal, HazardEffect.limiting, HazardEffect.minor];

function verdictOf(hazards: readonly Hazard[]): MapVerdict {
  const has = (code: string) => hazards.some(({ what }) => what.code === code);
  if (has("hazard-boot-overwritten")) return MapVerdict.forbidden;
  if (has("hazard-map-unknown")) return MapVerdict.undefined;
  if (has("hazard-map-exceeds-chip") || has("hazard-image-exceeds-chip")) return MapVerdict.exceedsChip;
  if (hazards.some(({ effect }) => effect === HazardEffect.fatal)) return MapVerdict.fatal;
  if (hazards.some(({ effect }) => effect === HazardEffect.limiting)) return MapVerdict.limited;
  return MapVerdict.ok;
}

/** What the code of the map alone says. */
function mapHazards({ firmware, map, linkedMap }: MapQuestion, layout: FlashLayout): Hazard[] {
  const definition = definitionOf(firmware)!;
  const found: Hazard[] = [];
  if (!definition.knownMaps.includes(map)) found.push(hazard("hazard-map-unknown", HazardEffect.fatal));
  if (declared(map) > layout.flashSize) {
    const overlap = { offset: layout.flashSize, size: declared(map) - layout.flashSize };
    found.push(hazard("hazard-map-exceeds-chip", HazardEffect.fatal, { when: WrittenAt.boot, overlap }));
  }
  return [...found, ...linkHazards({ firmware, map, linkedMap: linkedMap ?? linkedMapOf(firmware) })];
}

/**
 * Firmware on SDK 3 registers a table made for one map, and the SDK refuses it under another. The makers' own instructions
 * nevertheless flash an image for 2 MB on 4 MB, with the same split; whether that works is UNCERTAIN on silicon.
 */
function linkHazards({ firmware, map, linkedMap }: MapQuestion): Hazard[] {
  const { bindsMap, parseVersion } = definitionOf(firmware)!;
  if (bindsMap === undefined || linkedMap === undefined || linkedMap === map) return [];
  const version = firmware.version === undefined ? undefined : parseVersion(firmware.version);
  if (!inVersionRange(version, bindsMap, parseVersion)) return [];
  const isSameSplit = flashMap(linkedMap)?.split === flashMap(map)?.split;
  const effect = isSameSplit ? HazardEffect.minor : HazardEffect.fatal;
  return [hazard("hazard-map-not-linked", effect, { when: WrittenAt.boot })];
}

/** What lies behind the end of the chip, or of what the map declares: the firmware's flash functions refuse it there. */
function outsideHazards(layout: FlashLayout, image: readonly Region[]): Hazard[] {
  const found: Hazard[] = [];
  const imageEnd = Math.max(0, ...image.map(regionEnd));
  if (imageEnd > layout.flashSize) {
    const overlap = { offset: layout.flashSize, size: imageEnd - layout.flashSize };
    found.push(hazard("hazard-image-exceeds-chip", HazardEffect.fatal, { overlap }));
  }
  const end = Math.min(layout.flashSize, declared(layout.map!));
  for (const region of [...layout.regions, ...layout.beyond]) {
    if (regionEnd(region) > end) found.push(...outsideHazard(region));
  }
  return found;
}

function outsideHazard(region: LayoutRegion): Hazard[] {
  if (region.writtenAt === WrittenAt.save || region.writtenAt === WrittenAt.wifiSave)
    return [hazard("hazard-save-outside", HazardEffect.limiting, { region })];
  if (region.owner === RegionOwner.rfCal)
    return [hazard("hazard-rf-cal-outside", HazardEffect.minor, { region })];
  return [];
}

/** Whether updates over the network have a slot, where the firmware has them under some map. */
function updateHazards({ firmware }: MapQuestion, layout: FlashLayout): Hazard[] {
  const knows = definitionOf(firmware)!.knownMaps.some(
    (map) => slotOf(layoutFor(firmware, map)) !== undefined,
  );
  const slot = slotOf(layout);
  if (!knows || (slot !== undefined && slot.unusable === undefined)) return [];
  return [hazard("hazard-no-update", HazardEffect.minor, { when: WrittenAt.update, region: slot })];
}

function slotOf(layout: FlashLayout | undefined): LayoutRegion | undefined {
  return layout?.regions.find(({ owner }) => owner === RegionOwner.user2);
}

/** Settings saved under the map that the build is made for are not found under one that moves their place. */
function wifiHazards({ firmware }: MapQuestion, layout: FlashLayout): Hazard[] {
  const linked = linkedMapOf(firmware);
  const usual = linked === undefined ? undefined : layoutFor(firmware, linked)?.regions.find(isWifi);
  const here = layout.regions.find(isWifi);
  if (usual === undefined || here === undefined || usual.offset === here.offset) return [];
  return [hazard("hazard-wifi-moves", HazardEffect.minor, { region: here })];
}

function isWifi({ owner }: LayoutRegion): boolean {
  return owner === RegionOwner.wifi;
}

function declared(map: number): number {
  return flashMap(map)!.size;
}
