/**
 * A plan as a person reads it: one row for neighbours that share fate, name and reason, what is lost first.
 *
 * @module
 */
import { cleanText } from "../boot/readable-text.js";
import { describe, formatStatement } from "../messages/catalogue.js";
import type { SectorAccount, SectorFate } from "./account.js";
import type { FlashPlan } from "./plan.js";
import { type Region, regionBetween, regionEnd } from "./region.js";

/** What happens to one stretch, in words that are safe to show. */
export interface PlanRow {
  readonly fate: SectorFate;
  readonly region: Region;
  /** The files that are written, or the regions that lie there. */
  readonly name: string;
  /** Why, and whether it is backed up first; empty where nothing needs a reason. */
  readonly reason: string;
}

/** The rows of a plan. Stretches of which nothing is known and to which nothing happens have none: see `untoldBytes`. */
export function planRows(plan: FlashPlan): PlanRow[] {
  const rows: PlanRow[] = [];
  for (const account of plan.accounts.filter(isTold)) {
    const row = rowOf(account, plan);
    const last = rows.at(-1);
    if (last !== undefined && continues(last, row)) {
      rows[rows.length - 1] = { ...last, region: regionBetween(last.region.offset, regionEnd(row.region)) };
    } else rows.push(row);
  }
  return [...rows.filter(({ fate }) => fate === "lost"), ...rows.filter(({ fate }) => fate !== "lost")];
}

/** Bytes that no row of `planRows` speaks of: they are not touched. */
export function untoldBytes({ accounts }: FlashPlan): number {
  return accounts.filter((one) => !isTold(one)).reduce((sum, { region }) => sum + region.size, 0);
}

function isTold({ fate, holds }: SectorAccount): boolean {
  return fate !== "kept" || holds.length > 0;
}

function continues(last: PlanRow, next: PlanRow): boolean {
  const { fate, region, name, reason } = last;
  const same = fate === next.fate && name === next.name && reason === next.reason;
  return same && regionEnd(region) === next.region.offset;
}

function rowOf(account: SectorAccount, plan: FlashPlan): PlanRow {
  const { fate, region } = account;
  return { fate, region, name: cleanText(nameOf(account, plan)), reason: reasonOf(account) };
}

/** What is written or equal needs no reason, and that something is not touched is none. */
function reasonOf({ fate, reason, backedUp }: SectorAccount): string {
  const isNeeded = fate !== "written" && fate !== "equal" && reason?.code !== "sector-untouched";
  const told = isNeeded && reason !== undefined ? [cleanText(formatStatement(reason))] : [];
  return [...told, ...(backedUp ? [describe("plan-backed-up-first", {}).message] : [])].join(" ");
}

/** What lies there: what is written by its files, everything else by the regions that it is. */
function nameOf({ fate, region, holds, owner }: SectorAccount, plan: FlashPlan): string {
  if (fate === "written" || fate === "equal") {
    const files = plan.images
      .filter(({ offset, size }) => offset < region.offset + region.size && region.offset < offset + size)
      .map(({ name }) => name);
    if (files.length > 0) return [...new Set(files)].join(", ");
  }
  return holds.length > 0 ? holds.join(", ") : (owner ?? "");
}
