/** A diagnosis in lines: worst first, each with what it means, how it shows, and what to do. @module */
import { describe, formatStatement } from "@flashwright/core";
import type { Diagnosis, Finding, Severity } from "@flashwright/core/diagnose";
import type { Colours } from "./colour.js";
import { clean, wrap } from "./text.js";

const INDENT = 9;
const LABELS: Readonly<Record<Severity, string>> = {
  fatal: "FATAL",
  danger: "DANGER",
  warning: "WARNING",
  note: "note",
};

/** The findings, and what was not lost. */
export function diagnosisLines(diagnosis: Diagnosis, width: number, colours: Colours): string[] {
  const { findings, reassurances } = diagnosis;
  const healthy = findings.length === 0 ? [colours.green(HEALTHY[diagnosis.depth])] : [];
  return [
    ...healthy,
    ...findings.flatMap((finding) => findingLines(finding, width, colours)),
    ...reassurances.flatMap((statement) =>
      wrap(`Not lost: ${clean(formatStatement(statement))}`, width, 10).map(colours.green),
    ),
  ];
}

/** What is about to be put right, by its titles alone: the doctor has the rest. */
export function findingTitles({ findings }: Diagnosis, width: number, colours: Colours): string[] {
  return findings
    .filter(({ severity }) => severity !== "note")
    .flatMap((found) => titleLines(found, width, colours));
}

const HEALTHY: Readonly<Record<Diagnosis["depth"], string>> = {
  quick: "Looks healthy: nothing wrong was found (every byte: --deep).",
  deep: "Healthy: nothing wrong was found, and every byte of the program was checked.",
  text: "Nothing wrong was found in this text.",
};

function findingLines(finding: Finding, width: number, colours: Colours): string[] {
  const { title, message, hint } = describe(finding.code, finding.params);
  const evidence = finding.evidence.flatMap((seen) =>
    inset(`seen: ${clean(formatStatement(seen))}`, width, 6),
  );
  return [
    ...titleLines(finding, width, colours),
    ...(title === undefined ? [] : inset(clean(message), width, 0)),
    ...evidence.map(colours.dim),
    ...(hint === undefined ? [] : inset(`do:   ${clean(hint)}`, width, 6)),
  ];
}

function titleLines({ code, params, severity }: Finding, width: number, colours: Colours): string[] {
  const { title, message } = describe(code, params);
  const paint = { fatal: colours.red, danger: colours.red, warning: colours.yellow, note: colours.cyan };
  const [first, ...rest] = wrap(clean(title ?? message), width - INDENT, 0);
  const label = paint[severity](LABELS[severity].padEnd(INDENT - 1));
  return [`${label} ${colours.bold(first)}`, ...rest.map((line) => " ".repeat(INDENT) + colours.bold(line))];
}

function inset(text: string, width: number, indent: number): string[] {
  return wrap(text, width - INDENT, indent).map((line) => " ".repeat(INDENT) + line);
}
