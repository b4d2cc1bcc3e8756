/**
 * What is told of a look at a board, beside what every operation tells.
 *
 * @module
 */
import type { BootVerdict } from "../boot/verdict.js";
import type { FlashEvent } from "../flash/event.js";
import type { AbortSignalLike } from "../transport.js";
import type { Survey, SurveyDepth } from "./survey.js";

/** Events of looking, comparing and watching. A survey holds bytes of flash, and with them perhaps passwords. */
export type LookEvent =
  | FlashEvent
  /** A look at the flash begins; `compare`: what is there is compared with what is to be there. */
  | { readonly type: "surveying"; readonly depth: SurveyDepth | "compare" }
  /** What it found. */
  | { readonly type: "surveyed"; readonly survey: Survey }
  /** What the boot messages say; follows the `boot` events. */
  | ({ readonly type: "verdict" } & BootVerdict);

/** How a look is watched and stopped. */
export interface LookOptions {
  readonly onEvent?: (event: LookEvent) => void;
  readonly signal?: AbortSignalLike | undefined;
}
