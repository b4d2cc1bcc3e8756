/**
 * What a drawing shows.
 *
 * @module
 */
import { type Region, regionBetween, regionEnd } from "../../flash/region.js";
import type { FlashLayout, LayoutRegion } from "../layout.js";

/** What is known of a region's bytes; a survey's `RegionState` is one. */
export interface DrawnState {
  readonly region: Region;
  readonly content: "blank" | "data" | "partly" | "unseen";
}

/** What is drawn in one column. */
export interface DrawnMap {
  readonly layout: Pick<FlashLayout, "regions" | "flashSize"> & Partial<Pick<FlashLayout, "beyond">>;
  /** Heading of the column: a name of the firmware and the map. */
  readonly title?: string;
  /** Offset behind the application's last byte; what it leaves of its region is drawn lighter. */
  readonly imageEnd?: number;
  readonly states?: readonly DrawnState[];
  /** Bytes that are known to be damaged. */
  readonly damaged?: readonly Region[];
  /** Bytes that two owners claim, or that the firmware will destroy; those of regions that overlap are found. */
  readonly conflicts?: readonly Region[];
}

/** All regions that get a row: those on the chip, then those beyond it. */
export function drawnRegions({ layout }: DrawnMap): readonly LayoutRegion[] {
  return [...layout.regions, ...(layout.beyond ?? [])];
}

/** What the image fills of the application's region; `undefined` for other regions, or where its end is not known. */
export function usedPart(region: LayoutRegion, imageEnd: number | undefined): Region | undefined {
  if (imageEnd === undefined || (region.owner !== "user1" && region.owner !== "app")) return undefined;
  return regionBetween(region.offset, Math.max(region.offset, Math.min(imageEnd, regionEnd(region))));
}
