/**
 * Hatchings: what is blank, unknown, damaged, claimed twice, or wrongly called free.
 *
 * @module
 */
import { intersect, mergeRegions, type Region } from "../../flash/region.js";
import { isOnlyListedFree } from "../hazards.js";
import type { LayoutRegion } from "../layout.js";
import { type DrawnMap, drawnRegions, usedPart } from "./drawn-map.js";

/** Hatchings, which a legend explains. */
export type Mark = "blank" | "unseen" | "damaged" | "listed-free" | "conflict";

/** A hatching and the bytes that bear it. */
export interface Marked {
  readonly mark: Mark;
  readonly bytes: Region;
}

/** Whether a hatching is a warning, and is framed. */
export function isAlarm(mark: Mark): boolean {
  return mark === "conflict" || mark === "damaged";
}

/** The hatchings of a region, in the order in which they are drawn. */
export function marksOf(region: LayoutRegion, map: DrawnMap): Marked[] {
  const others = drawnRegions(map).filter((other) => other !== region);
  const claims = (isListed: boolean) =>
    others
      .filter((other) => isOnlyListedFree(region, other) === isListed)
      .map((other) => claimOf(other, map));
  const state = map.states?.find(
    ({ region: { offset, size } }) => offset === region.offset && size === region.size,
  );
  const content = state?.content;
  return [
    ...(content === "blank" || content === "unseen" ? [{ mark: content, bytes: region }] : []),
    ...marked("listed-free", shared(claimOf(region, map), claims(true))),
    ...marked("conflict", shared(claimOf(region, map), [...claims(false), ...(map.conflicts ?? [])])),
    ...marked("damaged", shared(region, map.damaged ?? [])),
  ];
}

function marked(mark: Mark, parts: readonly Region[]): Marked[] {
  return parts.map((bytes) => ({ mark, bytes }));
}

/** What the image does not fill of its region is nobody's loss. */
function claimOf(region: LayoutRegion, { imageEnd }: DrawnMap): Region {
  return usedPart(region, imageEnd) ?? region;
}

function shared(region: Region, others: readonly Region[]): Region[] {
  return mergeRegions(others.flatMap((other) => intersect(region, other) ?? []));
}
