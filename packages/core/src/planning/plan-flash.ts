/**
 * The one door to a plan.
 *
 * @module
 */
import type { FlashPlan, PlanData } from "../flash/plan.js";
import { type ImagesRequest, planImages } from "./image-plan.js";

/** What to plan. */
export type PlanRequest = ImagesRequest;

/**
 * Makes a plan. Pure: what is on the chip comes in as data.
 * @throws FlasherError see `planImages`
 */
export function planFlash(request: PlanRequest): { plan: FlashPlan; data: PlanData } {
  return planImages(request);
}
