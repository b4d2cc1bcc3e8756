/**
 * A part of a map, as if it were all there is.
 *
 * @module
 */
import { intersect, type Region } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";
import type { DrawnMap } from "./drawn-map.js";

/** What of a map lies in a window: regions cut at its edges, with what is known of them. */
export function mapIn(window: Region, map: DrawnMap): DrawnMap {
  const cut = <T extends Region>(region: T): T[] => {
    const part = intersect(region, window);
    return part === undefined ? [] : [{ ...region, ...part }];
  };
  return {
    ...map,
    layout: { ...map.layout, regions: map.layout.regions.flatMap(cut<LayoutRegion>), beyond: [] },
    ...(map.states === undefined
      ? {}
      : {
          states: map.states.flatMap(({ region, content }) =>
            cut({ offset: region.offset, size: region.size }).map((part) => ({ region: part, content })),
          ),
        }),
  };
}
