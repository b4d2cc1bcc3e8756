/** A diagnosis in words. @module */
import { cleanText, describe, formatStatement } from "@flashwright/core";
import { type Diagnosis, type Examination, type Finding, isWeighty } from "@flashwright/core/diagnose";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";
import { neededPackage } from "./needed-package.js";
import type { FindingReport, TextReport } from "./reports.js";

/** What was found on a board or in a dump. */
export function diagnosisReport({ diagnosis, survey, wanted }: Examination) {
  const firmware = wanted?.firmware ?? survey.firmware;
  const needed = neededPackage(diagnosis, firmware);
  return { ...textReport(diagnosis), ...(needed === undefined ? {} : { needed }) };
}

/** What was found in a text. */
export function textReport({ findings, reassurances, depth }: Diagnosis): TextReport {
  return {
    findings: findings.map(findingReport),
    reassurances: reassurances.map((statement) => cleanText(formatStatement(statement))),
    ...(findings.some(isWeighty) || isUnread(findings) ? {} : { healthy: words.healthy[depth] }),
  };
}

/** A text in which nothing was recognised says nothing of anybody's health. */
function isUnread(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === "finding-text-empty");
}

function findingReport({ code, params, severity, evidence, fixes }: Finding): FindingReport {
  const { title, message, hint } = describe(code, params);
  const shown = pageHint(code, hint);
  return {
    code,
    severity,
    title: cleanText(title ?? message),
    message: title === undefined ? "" : cleanText(message),
    evidence: evidence.map((seen) => cleanText(formatStatement(seen))),
    ...(shown === undefined ? {} : { hint: cleanText(shown) }),
    fix: fixFor(fixes),
  };
}

/** An installation is what choosing a firmware leads to anyway. */
function fixFor(fixes: Finding["fixes"]): FindingReport["fix"] {
  const kinds = fixes.map(({ kind }) => kind);
  if (kinds.length === 0 || kinds.includes("install")) return "none";
  return kinds.includes("rewrite") ? "firmware" : "plan";
}
