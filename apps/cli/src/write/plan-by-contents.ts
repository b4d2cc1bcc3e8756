/** A plan that goes by what the chip really holds. @module */
import {
  type FlashContents,
  gatherContents,
  type MeaningRequest,
  mergeRegions,
  type PlannedFlash,
  planFlash,
  type Session,
} from "@flashwright/core";
import { type FlashSource, findBlanks, type Survey, sessionSource } from "@flashwright/core/diagnose";
import type { Context } from "../context.js";

/** A plan, and all that is known of the chip now; `undefined` with the ROM loader, which cannot look. */
export interface MadePlan extends PlannedFlash {
  readonly survey: Survey | undefined;
}

/**
 * Compares the chip with what is to be written, and plans. What would be lost by its place alone is looked at first: most
 * of it is blank, and blank is no loss.
 * @throws FlasherError those of reading and of `planFlash`
 */
export async function planByContents(
  { emit, signal }: Context,
  session: Session,
  request: MeaningRequest & { readonly survey: Survey },
): Promise<MadePlan> {
  emit({ type: "surveying", depth: "compare" });
  const source = sessionSource(session, { signal });
  const gathered = await gatherContents(source, request, { signal });
  const contents = await lookAtLosses(
    source,
    planFlash({ ...request, contents: gathered }),
    gathered,
    signal,
  );
  const survey = { ...request.survey, contents };
  return { ...planFlash({ ...request, survey, contents }), survey };
}

async function lookAtLosses(
  source: FlashSource,
  { plan }: PlannedFlash,
  known: FlashContents,
  signal: Context["signal"],
): Promise<FlashContents> {
  const lost = plan.accounts.filter(({ fate }) => fate === "lost").map(({ region }) => region);
  let contents = known;
  for (const region of mergeRegions(lost)) {
    const { blank, digests } = await findBlanks(source, region, { known: contents, signal });
    contents = {
      ...contents,
      blank: mergeRegions([...contents.blank, ...blank]),
      digests: [...new Set([...contents.digests, ...digests])],
    };
  }
  return contents;
}
