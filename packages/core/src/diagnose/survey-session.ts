/**
 * A look at a connected chip.
 *
 * @module
 */
import type { Session } from "../loader/session.js";
import type { LookOptions } from "./look-event.js";
import { sessionSource } from "./sources/session-source.js";
import { type SurveyOptions, surveyFlash } from "./survey/survey-flash.js";
import type { Survey } from "./survey.js";

/**
 * Looks at a chip; tells when it begins and what it found.
 * @throws FlasherError `needs-stub`, those of reading
 */
export async function surveySession(
  session: Session,
  options: Omit<SurveyOptions, "signal">,
  { onEvent = () => {}, signal }: LookOptions = {},
): Promise<Survey> {
  onEvent({ type: "surveying", depth: options.depth });
  const survey = await surveyFlash(sessionSource(session, { ...(signal && { signal }) }), {
    ...options,
    signal,
  });
  onEvent({ type: "surveyed", survey });
  return survey;
}
