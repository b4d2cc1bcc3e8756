/**
 * A goal: what flash is to hold, before anything is known of what it holds now.
 *
 * @module
 */
import type { PlannedBoot } from "../flash/plan.js";
import type { ImageInput } from "../flash/plan-images.js";
import type { Region } from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { FirmwareId } from "../maps/firmware-id.js";
import type { FlashLayout, RegionOwner } from "../maps/layout.js";
import type { HeaderReasons } from "./planned-header.js";

/** Bytes, their place, and whose they are. */
export interface GoalImage extends ImageInput {
  readonly owner: RegionOwner | undefined;
  /** Set for bytes that come from a chip: written as they are, neither patched nor judged as a file. */
  readonly asIs?: true;
  /** Set where the bytes are the present content but for a few that say no more than the reason: nothing there is lost. */
  readonly keeps?: Statement;
}

/** Sectors that have to be blank, and why. */
export interface GoalBlank {
  /** Whole sectors. */
  readonly region: Region;
  readonly reason: Statement;
}

/** What flash is to hold. What is in neither list stays as it is. */
export interface Goal {
  /** What starts; absent where the goal does not say. */
  readonly firmware?: FirmwareId;
  /** Of that firmware, under the map that is to be in force. */
  readonly layout: FlashLayout | undefined;
  readonly images: readonly GoalImage[];
  /** Where two overlap, or one overlaps an image, the image and then the first one counts. */
  readonly blank: readonly GoalBlank[];
  readonly header: HeaderChoice;
  readonly reasons: HeaderReasons;
  readonly boots?: PlannedBoot;
  readonly warnings: readonly Statement[];
}
