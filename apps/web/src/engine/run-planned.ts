/** Doing what a plan says, and watching what comes of it. @module */
import {
  type BootVerdict,
  checkBoot,
  cleanText,
  describe,
  type FlashPlan,
  formatStatement,
  type MadePlan,
  runPlan,
  type Session,
  watchBoot,
} from "@flashwright/core";
import type { LookEvent } from "@flashwright/core/diagnose";
import { pageHint } from "../report/hints.js";
import type { DoneReport, PlanReport } from "../report/reports.js";
import type { Consent } from "./engine.js";
import { regionsPlanned } from "./planned-map.js";

/**
 * Writes, verifies, starts the firmware, and says whether what starts is what was written. That a board does not boot takes
 * nothing away from what was written: it is in the report and no failure.
 * @throws FlasherError those of `runPlan` and `watchBoot`
 */
export async function runPlanned(
  session: Session,
  { plan, data, survey }: MadePlan,
  consent: Consent,
  kind: PlanReport["kind"],
  work: { readonly onEvent: (event: LookEvent) => void; readonly signal: AbortSignal },
): Promise<DoneReport> {
  const { result } = await runPlan(session, plan, data, {
    ...work,
    contentsFresh: true,
    ...(consent === "nothing-lost" ? {} : { lossesAccepted: consent }),
  });
  const said = formatStatement(result);
  const regions = survey === undefined ? [] : regionsPlanned(plan, survey);
  if (kind === "erase" && !session.canReset) return { result: said, regions };
  const after = session.canReset ? "hard-reset" : "soft-reset";
  const verdict = await watchBoot(session, { after, ...work });
  const slot = slotOf(plan, verdict);
  return { result: said, regions, verdict: verdictOf(verdict), ...(slot === undefined ? {} : { slot }) };
}

function verdictOf({ verdict, code, params, evidence }: BootVerdict): NonNullable<DoneReport["verdict"]> {
  const { message, hint } = describe(code, params);
  const shown = pageHint(code, hint);
  return {
    kind: verdict,
    text: cleanText(message),
    ...(shown === undefined ? {} : { hint: cleanText(shown) }),
    evidence: evidence.map(cleanText),
  };
}

function slotOf(plan: FlashPlan, verdict: BootVerdict): DoneReport["slot"] | undefined {
  const { outcome, statement } = checkBoot(plan, verdict);
  if (statement === undefined || plan.writes.length === 0) return undefined;
  return { ok: outcome === "confirmed", text: formatStatement(statement) };
}
