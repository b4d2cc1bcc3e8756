/** A plan with meaning in lines: what is lost first, then all that happens, and why. @module */
import {
  type FlashPlan,
  formatOffset,
  formatStatement,
  type Region,
  regionBetween,
  regionEnd,
  type SectorAccount,
  type SectorFate,
} from "@flashwright/core";
import type { Colours } from "./colour.js";
import { firmwareName } from "./names.js";
import { span } from "./plan-lines.js";
import { clean, shortSize, table, wrap } from "./text.js";

const LABELS: Readonly<Record<SectorFate, string>> = {
  lost: "LOST",
  written: "write",
  equal: "equal",
  erased: "erase",
  kept: "keep",
};
const INTENTS: Readonly<Record<FlashPlan["intent"], string>> = {
  write: "Plan",
  install: "Plan: install",
  update: "Plan: update to",
  restore: "Plan: restore",
  recover: "Plan: repair",
};
/** Of reasons: below the offsets. */
const INDENT = 9;

/** The whole plan, for a person to say yes to. */
export function accountLines(plan: FlashPlan, width: number, colours: Colours): string[] {
  const rows = rowsOf(plan);
  const shown = [
    ...rows.filter(({ fate }) => fate === "lost"),
    ...rows.filter(({ fate }) => fate !== "lost"),
  ];
  const lines = table(
    shown.map(({ fate, region, name }) => [LABELS[fate], span(region), shortSize(region.size), name]),
    [2],
  );
  return [
    colours.bold(titleOf(plan)),
    ...headerLines(plan, width),
    ...shown.flatMap((row, index) => [
      `  ${colourOf(row, colours)(lines[index])}`,
      ...(row.reason === "" ? [] : inset(row.reason, width).map(colours.dim)),
    ]),
    ...untouchedLines(plan, colours),
  ];
}

/** What a person reads as one: neighbours of the same fate, name and reason. */
interface Row {
  readonly fate: SectorFate;
  readonly region: Region;
  readonly name: string;
  readonly reason: string;
}

function rowsOf(plan: FlashPlan): Row[] {
  const rows: Row[] = [];
  for (const account of plan.accounts.filter(isTold)) {
    const row = rowOf(account, plan);
    const last = rows.at(-1);
    if (last !== undefined && continues(last, row)) {
      rows[rows.length - 1] = { ...last, region: regionBetween(last.region.offset, regionEnd(row.region)) };
    } else rows.push(row);
  }
  return rows;
}

function continues(last: Row, next: Row): boolean {
  const { fate, region, name, reason } = last;
  const same = fate === next.fate && name === next.name && reason === next.reason;
  return same && regionEnd(region) === next.region.offset;
}

function rowOf(account: SectorAccount, plan: FlashPlan): Row {
  const { fate, region } = account;
  return { fate, region, name: clean(nameOf(account, plan)), reason: reasonOf(account) };
}

/** What is written or equal needs no reason, and that something is not touched is none. */
function reasonOf({ fate, reason, backedUp }: SectorAccount): string {
  const isTold = fate !== "written" && fate !== "equal" && reason?.code !== "sector-untouched";
  const told = isTold && reason !== undefined ? [clean(formatStatement(reason))] : [];
  return [...told, ...(backedUp ? ["Backed up first."] : [])].join(" ");
}

function titleOf({ intent, firmware }: FlashPlan): string {
  const isKnown = firmware !== undefined && firmware.family !== "unknown";
  return isKnown ? `${INTENTS[intent]} ${firmwareName(firmware)}` : INTENTS[intent];
}

/** Stretches of which nothing is known and to which nothing happens are one line for all. */
function isTold({ fate, holds }: SectorAccount): boolean {
  return fate !== "kept" || holds.length > 0;
}

function headerLines({ header, boots }: FlashPlan, width: number): string[] {
  if (header === undefined) return [];
  const fields = [
    ["mode", header.mode],
    ["freq", header.freq],
    ["size", header.size],
  ] as const;
  const lines = fields.flatMap(([what, { name, reason }]) =>
    wrap(`  ${what}  ${name.padEnd(6)}  ${clean(formatStatement(reason))}`, width, 16),
  );
  const start =
    boots === undefined ? [] : [`  boot  ${boots.slot.padEnd(6)}  at ${formatOffset(boots.offset)}`];
  return [...lines, ...start];
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

function inset(reason: string, width: number): string[] {
  return wrap(reason, width - INDENT, 0).map((line) => " ".repeat(INDENT) + line);
}

function colourOf({ fate }: Row, colours: Colours): (text: string) => string {
  return { lost: colours.red, written: String, equal: colours.dim, erased: String, kept: colours.green }[
    fate
  ];
}

function untouchedLines(plan: FlashPlan, colours: Colours): string[] {
  const size = plan.accounts.filter((one) => !isTold(one)).reduce((sum, { region }) => sum + region.size, 0);
  return size === 0 ? [] : [colours.dim(`  The rest, ${shortSize(size)}, is not touched.`)];
}
