/**
 * Hatchings: what is blank, unknown, damaged, or claimed twice.
 *
 * @module
 */
import { intersect, mergeRegions, type Region } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";
import { type DrawnMap, drawnRegions, usedPart } from "./drawn-map.js";

/** Hatchings, which a legend explains. */
export type Mark = "blank" | "unseen" | "damaged" | "conflict";

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
  const claims = others.map((other) => claimOf(other, map));
  const state = map.states?.find(
    ({ region: { offset, size } }) => offset === region.offset && size === region.size,
  );
  const content = state?.content;
  return [
    ...(content === "blank" || content === "unseen" ? [{ mark: content, bytes: region }] : []),
    ...shared(claimOf(region, map), [...claims, ...(map.conflicts ?? [])]).map((bytes) => ({
      mark: "conflict" as const,
      bytes,
    })),
    ...shared(region, map.damaged ?? []).map((bytes) => ({ mark: "damaged" as const, bytes })),
  ];
}

/** What the image does not fill of its region is nobody's loss. */
function claimOf(region: LayoutRegion, { imageEnd }: DrawnMap): Region {
  return usedPart(region, imageEnd) ?? region;
}

function shared(region: Region, others: readonly Region[]): Region[] {
  return mergeRegions(others.flatMap((other) => intersect(region, other) ?? []));
}
