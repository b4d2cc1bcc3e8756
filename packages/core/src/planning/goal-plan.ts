/**
 * From a goal to a plan, given what is known of the chip.
 *
 * @module
 */
import { defaultCodecs } from "../codecs.js";
import type { FlashContents } from "../flash/contents.js";
import type { FlashPlan, PlanData } from "../flash/plan.js";
import { fillStatements, planWrites } from "../flash/plan-writes.js";
import type { Region } from "../flash/region.js";
import type { SectorTarget } from "./equal-sectors.js";
import { Fates } from "./fates.js";
import type { Goal } from "./goal.js";
import { accountsFor, backupOf, type Deeds, withKnownDigests } from "./goal-accounts.js";
import { type PreparedGoal, prepareGoal, type Work, workFor } from "./goal-work.js";
import { checkChipErase } from "./image-plan.js";
import type { MeaningRequest } from "./package-request.js";
import { plannedHeader } from "./planned-header.js";

/** What `planFlash` gives. */
export interface PlannedFlash {
  readonly plan: FlashPlan;
  /** The bytes to write. */
  readonly data: PlanData;
  /**
   * What to save before the plan runs: what it loses, and on installs and repairs what a person stored, in whole regions of
   * the present layout. Merged, by rising offset.
   */
  readonly backup: readonly Region[];
}

/**
 * The plan for a goal.
 * @throws FlasherError `nothing-to-write`, `needs-stub` and those of `checkImages`
 */
export function planGoal(goal: Goal, request: MeaningRequest, contents: FlashContents): PlannedFlash {
  const { target, chip, survey, codecs = defaultCodecs } = request;
  const eraseChip = "eraseChip" in request && request.eraseChip === true;
  checkChipErase(eraseChip, chip);
  const prepared = prepareGoal(goal, target, chip.flashSize, codecs);
  const work: Work = eraseChip
    ? { equal: [], erases: [] }
    : workFor(goal, prepared, target, { chip, contents, codecs });
  const { writes, data } = planWrites({
    target,
    chip,
    images: prepared.images,
    contents,
    equal: work.equal,
    erased: eraseChip ? [{ offset: 0, size: chip.flashSize }] : work.erases,
    around: "clear",
    codecs,
  });
  const deeds: Deeds = { flashSize: chip.flashSize, eraseChip, erases: work.erases, writes };
  const fates = new Fates({ intent: request.intent, survey, future: goal.layout, contents });
  const accounts = withKnownDigests(
    accountsFor(deeds, goal, work.equal, fates),
    contents,
    prepared.targets,
    codecs,
  );
  const plan = assemble({ goal, request, prepared, deeds, accounts });
  return { plan, data, backup: backupOf(accounts, survey?.layout) };
}

/** What `gatherContents` compares: everything that is to be written or blank. */
export function targetsOf(goal: Goal, request: MeaningRequest): readonly SectorTarget[] {
  const { target, chip, codecs = defaultCodecs } = request;
  return prepareGoal(goal, target, chip.flashSize, codecs).targets;
}

function assemble(parts: {
  readonly goal: Goal;
  readonly request: MeaningRequest;
  readonly prepared: PreparedGoal;
  readonly deeds: Deeds;
  readonly accounts: FlashPlan["accounts"];
}): FlashPlan {
  const { goal, request, prepared, deeds, accounts } = parts;
  const { target, chip, intent } = request;
  const header = plannedHeader(prepared.images, goal.header, target, goal.reasons);
  return {
    format: "flashwright/plan",
    version: 2,
    intent,
    target: target.name,
    mac: chip.mac,
    flashSize: chip.flashSize,
    loader: chip.loader,
    ...(goal.firmware === undefined ? {} : { firmware: goal.firmware }),
    ...(header === undefined ? {} : { header }),
    ...(goal.boots === undefined ? {} : { boots: goal.boots }),
    eraseChip: deeds.eraseChip,
    images: prepared.images.map(({ planned }) => planned),
    erases: deeds.erases,
    writes: deeds.writes,
    accounts,
    warnings: [...goal.warnings, ...prepared.warnings, ...deeds.writes.flatMap(fillStatements)],
  };
}
