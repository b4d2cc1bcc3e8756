/**
 * The one door to a plan.
 *
 * @module
 */
import { unknownContents } from "../flash/contents.js";
import { goalFor } from "./goal-for.js";
import { type PlannedFlash, planGoal } from "./goal-plan.js";
import { type ImagesRequest, planImages } from "./image-plan.js";
import type { MeaningRequest } from "./package-request.js";

/** What to plan: files to offsets, or a package, a repair or a backup with an intent. */
export type PlanRequest = ImagesRequest | MeaningRequest;

/**
 * Makes a plan. Pure: what is on the chip comes in as data, a survey and what `gatherContents` found.
 *
 * Files are planned by `images`, without meaning. With an intent the plan says of every sector whether it is written, equal,
 * erased, kept or lost, and why; which header is written, and why; what is backed up first; and which slot has to start.
 * @throws FlasherError `nothing-to-write`, `file-empty`, `images-overlap`, `does-not-fit`, `offset-misaligned`,
 * `image-other-chip`, `needs-stub` (whole-chip erase by the mask ROM); with an intent also `map-contradicts-package`,
 * `map-exceeds-chip`, `map-unknown`, `image-exceeds-layout`, `package-without-boot`, `package-map-too-small`,
 * `slot-not-in-package`, `slot-not-active`, `slot-not-usable`, `recover-needs-package`, `plan-needs-contents`
 */
export function planFlash(request: PlanRequest): PlannedFlash {
  if ("images" in request) return { ...planImages(request), backup: [] };
  const contents = request.contents ?? request.survey?.contents ?? unknownContents;
  return planGoal(goalFor(request, contents), request, contents);
}
