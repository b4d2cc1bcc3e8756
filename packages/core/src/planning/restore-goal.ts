/**
 * What flash is to hold when a backup has been put back.
 *
 * @module
 */
import { overlaps, type Region } from "../flash/region.js";
import type { FlashLayout, RegionOwner } from "../maps/layout.js";
import type { Goal, GoalImage } from "./goal.js";
import type { RestoreRequest } from "./package-request.js";

/** The goal: the backup's bytes at their places, its blank sectors blank, and all else as it is. */
export function restoreGoal({ regions, blank, survey }: RestoreRequest): Goal {
  const layout = survey?.layout;
  return {
    layout,
    images: regions.map(
      (image): GoalImage => ({
        ...image,
        owner: ownerAt({ offset: image.offset, size: image.bytes.length }, layout),
        asIs: true,
      }),
    ),
    blank: blank.map((region) => ({
      region,
      reason: { code: "blank-in-backup", params: {} },
    })),
    header: {},
    reasons: {},
    warnings: [],
  };
}

/** Whose the first of the bytes are. */
function ownerAt(region: Region, layout: FlashLayout | undefined): RegionOwner | undefined {
  return layout?.regions.find((other) => overlaps(other, { offset: region.offset, size: 1 }))?.owner;
}
