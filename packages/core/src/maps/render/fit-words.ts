/**
 * Room for the words of a language that needs more of them than English.
 *
 * @module
 */
import { type DrawnMap, drawnRegions } from "./drawn-map.js";
import type { Geometry } from "./geometry.js";
import { rowWidth, WORDS_GAP } from "./words.js";

/** The geometry with columns as wide as their words, and no narrower than it is. */
export function fitWords(geometry: Geometry, maps: readonly DrawnMap[]): Geometry {
  const { isNarrow, text, margin } = geometry;
  const widths = maps.flatMap((map) =>
    drawnRegions(map).map((region) => {
      const isBeyond = map.layout.beyond?.includes(region) ?? false;
      return rowWidth(region, { imageEnd: map.imageEnd, isBeyond, isNarrow });
    }),
  );
  return { ...geometry, text: Math.max(text, Math.ceil(WORDS_GAP + Math.max(...widths) - margin)) };
}
