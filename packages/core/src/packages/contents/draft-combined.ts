/**
 * A combined file as parts, each looked at for itself.
 *
 * @module
 */
import type { DraftPart } from "../draft.js";
import { type Content, classify } from "./classify.js";
import { splitCombined } from "./split-combined.js";

/** The parts of a combined file at their places. */
export function draftCombined(content: Content): DraftPart[] {
  return splitCombined(content).map(({ name, role, place, bytes }) => ({
    name,
    role,
    place,
    content: classify({ path: name, bytes }),
  }));
}
