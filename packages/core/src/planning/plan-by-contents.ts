/**
 * A plan that goes by what a connected chip really holds.
 *
 * @module
 */
import type { LookOptions } from "../diagnose/look-event.js";
import { sessionSource } from "../diagnose/sources/session-source.js";
import type { Survey } from "../diagnose/survey.js";
import type { Session } from "../loader/session.js";
import { gatherContents } from "./gather-contents.js";
import type { PlannedFlash } from "./goal-plan.js";
import type { MeaningRequest } from "./package-request.js";
import { planFlash } from "./plan-flash.js";

/** A plan, and all that is known of the chip now; `undefined` with the ROM loader, which cannot look. */
export interface MadePlan extends PlannedFlash {
  readonly survey: Survey | undefined;
}

/**
 * Compares the chip with what is to be written, and plans. What was learnt is in the survey that comes back, so that a
 * backup does not ask again.
 * @throws FlasherError those of reading and of `planFlash`
 */
export async function planByContents(
  session: Session,
  request: MeaningRequest & { readonly survey: Survey },
  { onEvent = () => {}, signal }: LookOptions = {},
): Promise<MadePlan> {
  onEvent({ type: "surveying", depth: "compare" });
  const stop = signal === undefined ? {} : { signal };
  const contents = await gatherContents(sessionSource(session, stop), request, stop);
  const survey = { ...request.survey, contents };
  return { ...planFlash({ ...request, survey, contents }), survey };
}
