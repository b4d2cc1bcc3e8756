/** What is on the connected chip, told to the views without the bytes that were read: they may hold passwords. @module */
import type { Session } from "@flashwright/core";
import {
  type LookEvent,
  type LookOptions,
  type Survey,
  type SurveyOptions,
  surveySession,
} from "@flashwright/core/diagnose";
import type { CliEvent, SurveySummary } from "../cli-event.js";
import type { Context } from "../context.js";

/**
 * Looks at a chip.
 * @throws FlasherError `needs-stub`, those of reading
 */
export async function surveyChip(
  context: Context,
  session: Session,
  options: Omit<SurveyOptions, "signal">,
): Promise<Survey> {
  return surveySession(session, options, lookOptions(context));
}

/** Lets core's looks tell this program's views. */
export function lookOptions({ emit, signal }: Context): Required<LookOptions> {
  return { signal, onEvent: (event: LookEvent) => emit(told(event)) };
}

function told(event: LookEvent): CliEvent {
  return event.type === "surveyed" ? { type: "survey", ...summaryOf(event.survey) } : event;
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
