/** Doing what a plan says, and watching what comes of it. @module */
import {
  type BootVerdict,
  checkBoot,
  cleanText,
  describe,
  type FlashPlan,
  formatStatement,
  type MadePlan,
} from "@flashwright/core";
import { type Board, runThroughLosses, watchStart } from "@flashwright/core/board";
import { pageHint } from "../report/hints.js";
import type { DoneReport, PlanReport } from "../report/reports.js";
import type { LinkWork } from "./board-link.js";
import type { Consent } from "./engine.js";
import { regionsPlanned } from "./planned-map.js";

/** A plan that is to be run. */
export interface PlanToRun {
  readonly made: MadePlan;
  readonly kind: PlanReport["kind"];
  /** Whether the board has not run since the plan was made. */
  readonly isFresh: boolean;
  /** Whether an earlier run of it did not come to its end. */
  readonly isUnfinished: boolean;
}

/**
 * Writes, also through losses of the port, verifies, starts the firmware, and says whether what starts is what was written.
 * That a board does not boot takes nothing away from what was written: it is in the report and no failure.
 * @throws FlasherError those of `runThroughLosses` and `watchStart`
 */
export async function runPlanned(
  board: Board,
  { made, kind, isFresh, isUnfinished }: PlanToRun,
  consent: Consent,
  work: LinkWork,
): Promise<DoneReport> {
  const { plan, data, survey } = made;
  const result = await runThroughLosses(board, plan, data, {
    ...work,
    contentsFresh: isFresh,
    isUnfinished,
    ...(consent === "nothing-lost" ? {} : { lossesAccepted: consent }),
  });
  const said = formatStatement(result);
  const regions = survey === undefined ? [] : regionsPlanned(plan, survey);
  const { canReset } = board.session;
  if (kind === "erase" && !canReset) return { result: said, regions };
  const started = await watchStart(board, canReset ? "hard-reset" : "soft-reset", work.onEvent);
  if (started === undefined) return { result: said, regions };
  const slot = slotOf(plan, started.boot);
  return { result: said, regions, verdict: verdictOf(started.boot), ...(slot && { slot }) };
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
