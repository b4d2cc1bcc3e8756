/** A plan with meaning in lines: what is lost first, then all that happens, and why. @module */
import {
  type FlashPlan,
  formatOffset,
  formatStatement,
  type SectorAccount,
  type SectorFate,
  type Statement,
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
  update: "Plan: update, keeping what the new version can read",
  restore: "Plan: restore",
  recover: "Plan: repair with as little change as that takes",
};
const INDENT = 4;

/** The whole plan, for a person to say yes to. */
export function accountLines(plan: FlashPlan, width: number, colours: Colours): string[] {
  const shown = plan.accounts.filter(isTold);
  const lost = shown.filter(({ fate }) => fate === "lost");
  const rest = shown.filter(({ fate }) => fate !== "lost");
  const rows = [...lost, ...rest].map((account) => cellsOf(account, plan));
  const lines = table(rows, [2]);
  return [
    colours.bold(titleOf(plan)),
    ...headerLines(plan, width),
    ...[...lost, ...rest].flatMap((account, index) => [
      `  ${colourOf(account, colours)(lines[index])}`,
      ...reasonLines(account, width).map(colours.dim),
    ]),
    ...untouchedLines(plan, colours),
  ];
}

function titleOf({ intent, firmware }: FlashPlan): string {
  return firmware === undefined ? INTENTS[intent] : `${INTENTS[intent]}: ${firmwareName(firmware)}`;
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

function cellsOf(account: SectorAccount, plan: FlashPlan): string[] {
  const { fate, region, backedUp } = account;
  return [
    LABELS[fate],
    span(region),
    shortSize(region.size),
    clean(nameOf(account, plan)),
    backedUp ? "backed up first" : "",
  ];
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

function reasonLines({ fate, reason }: SectorAccount, width: number): string[] {
  if (reason === undefined || fate === "written" || fate === "equal") return [];
  return inset(reason, width);
}

function inset(reason: Statement, width: number): string[] {
  const lines = wrap(clean(formatStatement(reason)), width - INDENT - 7, 0);
  return lines.map((line) => " ".repeat(INDENT + 5) + line);
}

function colourOf({ fate }: SectorAccount, colours: Colours): (text: string) => string {
  return { lost: colours.red, written: String, equal: colours.dim, erased: String, kept: colours.green }[
    fate
  ];
}

function untouchedLines(plan: FlashPlan, colours: Colours): string[] {
  const size = plan.accounts.filter((one) => !isTold(one)).reduce((sum, { region }) => sum + region.size, 0);
  return size === 0 ? [] : [colours.dim(`  The rest, ${shortSize(size)}, is not touched.`)];
}
