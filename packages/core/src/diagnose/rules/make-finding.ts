/**
 * Findings, put together.
 *
 * @module
 */
import type { Statement } from "../../image/flash-params.js";
import type { FirmwareId } from "../../maps/firmware-id.js";
import type { MessageParams } from "../../messages/catalogue.js";
import type { Facts } from "../facts.js";
import type { Finding, FindingCode, Fix, Severity } from "../finding.js";

/** What a finding may say besides its code and severity. */
export interface FindingDetails {
  readonly params?: MessageParams;
  readonly evidence?: readonly Statement[];
  readonly fixes?: readonly Fix[];
}

/** A finding of the facts' depth. */
export function finding(
  facts: Pick<Facts, "depth">,
  code: FindingCode,
  severity: Severity,
  { params = {}, evidence = [], fixes = [] }: FindingDetails = {},
): Finding {
  return { code, severity, params, evidence, depth: facts.depth, fixes };
}

/** Lines of a log, as evidence. */
export function lineEvidence(lines: readonly string[]): Statement[] {
  return lines.map((line) => ({ code: "evidence-line", params: { line } }));
}

/** A firmware for people: family, build and version, as far as they are known. */
export function nameOf(firmware: FirmwareId | undefined): string {
  if (firmware === undefined) return "?";
  const { family, build, version } = firmware;
  return [family, build, version].filter((part) => part !== undefined).join(" ");
}
