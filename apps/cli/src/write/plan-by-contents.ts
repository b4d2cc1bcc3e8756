/** A plan that goes by what the chip really holds. @module */
import {
  gatherContents,
  type MeaningRequest,
  type PlannedFlash,
  planFlash,
  type Session,
} from "@flashwright/core";
import { type Survey, sessionSource } from "@flashwright/core/diagnose";
import type { Context } from "../context.js";

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
  { emit, signal }: Context,
  session: Session,
  request: MeaningRequest & { readonly survey: Survey },
): Promise<MadePlan> {
  emit({ type: "surveying", depth: "compare" });
  const contents = await gatherContents(sessionSource(session, { signal }), request, { signal });
  const survey = { ...request.survey, contents };
  return { ...planFlash({ ...request, survey, contents }), survey };
}
