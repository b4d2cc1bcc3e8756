/** A plan with meaning in lines: what is lost first, then all that happens, and why. @module */
import {
  type FlashPlan,
  formatOffset,
  formatStatement,
  type PlanRow,
  planRows,
  type SectorFate,
  untoldBytes,
} from "@flashwright/core";
import { firmwareName } from "@flashwright/core/maps";
import type { Colours } from "./colour.js";
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
  const shown = planRows(plan);
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

function titleOf({ intent, firmware }: FlashPlan): string {
  const isKnown = firmware !== undefined && firmware.family !== "unknown";
  return isKnown ? `${INTENTS[intent]} ${firmwareName(firmware)}` : INTENTS[intent];
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

function inset(reason: string, width: number): string[] {
  return wrap(reason, width - INDENT, 0).map((line) => " ".repeat(INDENT) + line);
}

function colourOf({ fate }: PlanRow, colours: Colours): (text: string) => string {
  return { lost: colours.red, written: String, equal: colours.dim, erased: String, kept: colours.green }[
    fate
  ];
}

function untouchedLines(plan: FlashPlan, colours: Colours): string[] {
  const size = untoldBytes(plan);
  return size === 0 ? [] : [colours.dim(`  The rest, ${shortSize(size)}, is not touched.`)];
}
