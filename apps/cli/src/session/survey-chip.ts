/** What is on the connected chip, told to the views without the bytes that were read: they may hold passwords. @module */
import type { Session } from "@flashwright/core";
import { type Survey, type SurveyOptions, sessionSource, surveyFlash } from "@flashwright/core/diagnose";
import type { SurveySummary } from "../cli-event.js";
import type { Context } from "../context.js";

/**
 * Looks at a chip.
 * @throws FlasherError `needs-stub`, those of reading
 */
export async function surveyChip(
  { emit, signal }: Context,
  session: Session,
  options: Omit<SurveyOptions, "signal">,
): Promise<Survey> {
  emit({ type: "surveying", depth: options.depth });
  const survey = await surveyFlash(sessionSource(session, { signal }), { ...options, signal });
  emit({ type: "survey", ...summaryOf(survey) });
  return survey;
}

/** A survey without contents, and without images that hold the same bytes. */
export function summaryOf(survey: Survey): SurveySummary {
  const { contents, slots, layout, regions, ...rest } = survey;
  return {
    ...rest,
    slots: slots.map(({ image, ...slot }) => slot),
    regions: regions.map(({ region: { id, offset }, content }) => ({ id, offset, content })),
  };
}
