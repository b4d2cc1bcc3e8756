/**
 * Which of two programs starts, and whether that is the one that somebody meant.
 *
 * @module
 */

import { definitionOf } from "../../maps/firmware/registry.js";
import type { FirmwareId } from "../../maps/firmware-id.js";
import { compareVersionNumbers } from "../../maps/versions.js";
import type { Rule } from "../facts.js";
import { type Fix, Severity } from "../finding.js";
import { finding, nameOf } from "./make-finding.js";

/**
 * The second slot starts. With a newer firmware in it, that is what an update over the network leaves; with another one,
 * somebody wrote the first one over a cable and wonders.
 */
export const otherSlotStarts: Rule = (facts) => {
  const { survey, startedSlot } = facts;
  const starts2 = startedSlot === 2 || survey?.activeSlot === "user2";
  if (!starts2) return [];
  const user1 = survey?.slots.find(({ slot }) => slot === "user1");
  const user2 = survey?.slots.find(({ slot }) => slot === "user2");
  const isThere = user1 !== undefined && user1.state !== "blank" && user1.state !== "absent";
  const differs = isThere && user2 !== undefined && !isUpdated(user1.firmware, user2.firmware);
  const params = {
    first: user1 === undefined ? undefined : nameOf(user1.firmware),
    second: user2 === undefined ? undefined : nameOf(user2.firmware),
    offset: user2?.offset,
  };
  const fixes: Fix[] = isThere ? [{ kind: "boot-slot" }] : [];
  const evidence = [{ code: "evidence-slot", params: { slot: 2 } } as const];
  const severity = differs ? Severity.warning : Severity.note;
  const code = differs ? "finding-other-slot-starts" : "finding-second-slot-starts";
  return [finding(facts, code, severity, { params, evidence, fixes })];
};

/** Whether `b` is what `a` becomes by an update, or by one that changed nothing. */
function isUpdated(a: FirmwareId, b: FirmwareId): boolean {
  if (isSame(a, b)) return true;
  if (a.family !== b.family || a.build !== b.build) return false;
  const parse = definitionOf(a)?.parseVersion;
  const [before, after] = [a, b].map(({ version }) => (version === undefined ? undefined : parse?.(version)));
  return before !== undefined && after !== undefined && compareVersionNumbers(before, after) < 0;
}

function isSame(a: FirmwareId, b: FirmwareId): boolean {
  return a.family === b.family && a.build === b.build && a.version === b.version;
}

/** The package at hand is not what is on the chip: worth knowing before it is called damaged. */
export const notThisPackage: Rule = (facts) => {
  const { firmware, package: wanted } = facts;
  if (wanted === undefined || firmware === undefined || firmware.family === "unknown") return [];
  if (isSame(firmware, wanted.firmware)) return [];
  const params = { here: nameOf(firmware), wanted: nameOf(wanted.firmware), name: wanted.name };
  return [finding(facts, "finding-not-this-package", Severity.note, { params })];
};
