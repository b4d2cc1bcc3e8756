/**
 * Whether the accounts of a plan are the whole chip, and say of each sector what its writes and erases do.
 *
 * @module
 */
import type { SectorAccount } from "./account.js";
import type { FlashPlan } from "./plan.js";
import { Expected, type PlanField } from "./plan-field.js";
import { overlaps, type Region, regionEnd, subtractRegions } from "./region.js";

/** What a plan does, as regions. */
interface Deeds {
  readonly written: readonly Region[];
  /** Written or not. */
  readonly erased: readonly Region[];
}

/**
 * @param field the plan's accounts
 * @throws FlasherError `plan-format`
 */
export function checkAccounts(plan: FlashPlan, field: PlanField): void {
  const written = plan.writes.map(({ region }) => region);
  const chip = plan.eraseChip ? [{ offset: 0, size: plan.flashSize }] : [];
  const erased = [...chip, ...plan.erases, ...plan.writes.map(({ erases }) => erases)];
  let end = 0;
  field.list((item, index) => {
    const account = plan.accounts[index];
    if (account.region.offset !== end) item.field("region").refuse(Expected.accountsWhole);
    end = regionEnd(account.region);
    checkFate(account, { written, erased }, item.field("fate"));
    // What is skipped because it is there already has to be provable, or a plan could skip anything.
    if (account.fate === "equal" && account.md5 === undefined) item.field("md5").refuse(Expected.md5);
  });
  if (end !== plan.flashSize) field.refuse(Expected.accountsWhole);
}

/** What is lost may be written over, erased, or left where nothing can read it. */
function checkFate({ region, fate }: SectorAccount, { written, erased }: Deeds, field: PlanField): void {
  if (fate === "written" && !isCovered(region, written)) field.refuse(Expected.fateWritten);
  if (fate === "erased" && (!isCovered(region, erased) || isTouched(region, written)))
    field.refuse(Expected.fateErased);
  if ((fate === "kept" || fate === "equal") && isTouched(region, erased))
    field.refuse(Expected.fateUntouched);
}

function isCovered(region: Region, by: readonly Region[]): boolean {
  return subtractRegions(region, by).length === 0;
}

function isTouched(region: Region, by: readonly Region[]): boolean {
  return by.some((other) => overlaps(region, other));
}
