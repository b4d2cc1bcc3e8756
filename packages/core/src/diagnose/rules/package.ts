/**
 * What does not agree in a package, or in a command that somebody pasted.
 *
 * @module
 */
import { formatStatement } from "../../messages/catalogue.js";
import type { PackageFinding } from "../../packages/firmware-package.js";
import type { Facts, Rule } from "../facts.js";
import { type Finding, Severity } from "../finding.js";
import { finding } from "./make-finding.js";

const severities: Readonly<Record<PackageFinding["severity"], Severity>> = {
  error: Severity.danger,
  warning: Severity.warning,
  note: Severity.note,
};

/** What the package says against itself. */
export const packageFindings: Rule = (facts) =>
  (facts.package?.findings ?? []).map((found) => aboutPackage(facts, found));

/** A finding of a package as one of a diagnosis: its sentence is the explanation. */
export function aboutPackage(facts: Pick<Facts, "depth">, found: PackageFinding): Finding {
  const { severity, ...statement } = found;
  return finding(facts, "finding-instructions", severities[severity], {
    params: { reason: formatStatement(statement) },
    evidence: [statement],
  });
}
