/** A plan in words. @module */
import {
  type FlashPlan,
  formatOffset,
  formatStatement,
  planRows,
  type Region,
  shortSize,
  totalSize,
  untoldBytes,
} from "@flashwright/core";
import { type FlashLayout, firmwareName, regionWords } from "@flashwright/core/maps";
import { words } from "../words/words.js";
import { rangeOf } from "./regions.js";
import type { PlanReport } from "./reports.js";

/**
 * In words.
 * @param backup what is saved before it runs
 * @param layout of what is on the chip now, where it is known
 */
export function planReport(
  plan: FlashPlan,
  backup: readonly Region[],
  kind: PlanReport["kind"],
  layout?: FlashLayout,
): PlanReport {
  const { boots, header } = plan;
  const told = kind === "erase" ? withoutCure(plan) : plan;
  const untouched = untoldBytes(plan);
  return {
    kind,
    title: titleOf(plan, kind),
    rows: planRows(told).map(({ fate, region, name, reason }) => ({
      fate,
      offset: region.offset,
      size: region.size,
      range: rangeOf(region),
      sizeText: shortSize(region.size),
      name: forPeople(name),
      reason,
    })),
    header: header === undefined ? [] : headerRows(header),
    ...(boots === undefined ? {} : { boots: `${boots.slot} ${formatOffset(boots.offset)}` }),
    ...(untouched === 0 ? {} : { untouched: words.plan.untouched(shortSize(untouched)) }),
    warnings: [...plan.warnings.map(formatStatement), ...(kind === "erase" ? breaking(plan, layout) : [])],
    lost: lostNames(plan),
    backupBytes: totalSize(backup),
    writes: plan.writes.map(({ region: { offset, size } }) => ({ offset, size })),
    isDone: plan.writes.length === 0 && plan.erases.length === 0 && !plan.eraseChip,
  };
}

/** What somebody wants erased is erased for no other reason. */
function withoutCure(plan: FlashPlan): FlashPlan {
  const accounts = plan.accounts.map((account) =>
    account.reason?.code === "blank-by-fix" ? { ...account, reason: undefined } : account,
  );
  return { ...plan, accounts };
}

function headerRows({ mode, freq, size }: NonNullable<FlashPlan["header"]>): PlanReport["header"] {
  return [
    { field: words.plan.mode, value: mode.name, reason: formatStatement(mode.reason) },
    { field: words.plan.freq, value: freq.name, reason: formatStatement(freq.reason) },
    { field: words.plan.size, value: size.name, reason: formatStatement(size.reason) },
  ];
}

function titleOf({ intent, firmware }: FlashPlan, kind: PlanReport["kind"]): string {
  if (kind === "erase") return words.plan.titles.erase;
  const isKnown = firmware !== undefined && firmware.family !== "unknown";
  return isKnown ? `${words.plan.titles[intent]} ${firmwareName(firmware)}` : words.plan.titles[intent];
}

/** What the board does not start without is no loss to anybody, but is not to be erased unawares. */
function breaking({ erases }: FlashPlan, layout: FlashLayout | undefined): string[] {
  const needed = (layout?.regions ?? []).filter(
    (region) => region.erasure === "breaks-boot" && erases.some((erased) => overlaps(erased, region)),
  );
  const names = [...new Set(needed.map(({ id }) => regionWords(id).name))];
  return names.map((name) => words.plan.breaksBoot(name));
}

function overlaps(one: Region, other: Region): boolean {
  return one.offset < other.offset + other.size && other.offset < one.offset + one.size;
}

function lostNames({ accounts }: FlashPlan): string[] {
  const lost = accounts.filter(({ fate }) => fate === "lost");
  const names = lost.flatMap(({ holds, region }) =>
    holds.length > 0 ? holds.map((id) => regionWords(id).name) : [formatOffset(region.offset)],
  );
  return [...new Set(names)];
}

/** Ids of regions as what people call them; names of files as they are. */
function forPeople(name: string): string {
  return name
    .split(", ")
    .map((part) => regionWords(part).name)
    .join(", ");
}
