/**
 * What the boot messages say, a line of a table each.
 *
 * @module
 */

import type { BootCode } from "../../boot/verdict.js";
import { phrase } from "../../messages/catalogue.js";
import type { Facts, Rule } from "../facts.js";
import { type FindingCode, type Fix, Severity } from "../finding.js";
import { bestMap } from "./flash-map.js";
import { finding, lineEvidence } from "./make-finding.js";

/** What a message of the boot log stands for. */
interface BootMeaning {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** How many of the last lines show it; without it all that the verdict kept. */
  readonly lines?: number;
  fixes?(facts: Facts): readonly Fix[];
}

const rewrite = (...slots: ("boot" | "user1")[]): readonly Fix[] => [{ kind: "rewrite", slots }];

/** Codes that are not here have a rule of their own, or say that all is well. */
const meanings: Partial<Record<BootCode, BootMeaning>> = {
  "boot-download-mode": { code: "finding-download-mode", severity: Severity.fatal },
  "boot-strap-gpio2": { code: "finding-strap-gpio2", severity: Severity.fatal },
  "boot-strap-gpio15": { code: "finding-strap-gpio15", severity: Severity.fatal },
  "boot-unknown-reset": { code: "finding-unknown-reset", severity: Severity.fatal },
  "boot-no-image": {
    code: "finding-boot-finds-no-image",
    severity: Severity.fatal,
    fixes: () => rewrite("boot", "user1"),
  },
  "boot-checksum-error": {
    code: "finding-boot-checksum",
    severity: Severity.fatal,
    fixes: () => rewrite("boot", "user1"),
  },
  "boot-flash-read-error": {
    code: "finding-boot-read-error",
    severity: Severity.fatal,
    fixes: () => rewrite("boot", "user1"),
  },
  "boot-user-image-missing": {
    code: "finding-boot-finds-no-program",
    severity: Severity.fatal,
    fixes: () => rewrite("user1"),
  },
  "boot-user-image-unloadable": {
    code: "finding-boot-finds-no-program",
    severity: Severity.fatal,
    fixes: () => rewrite("user1"),
  },
  "boot-no-slot-starts": {
    code: "finding-boot-finds-no-program",
    severity: Severity.fatal,
    fixes: () => rewrite("user1"),
  },
  "boot-user-flag": {
    code: "finding-slot-flag",
    severity: Severity.fatal,
    fixes: () => [{ kind: "boot-slot" }],
  },
  "boot-phy-init-data": {
    code: "finding-phy-init-missing",
    severity: Severity.fatal,
    fixes: () => [{ kind: "phy-init" }],
  },
  "boot-flash-map": { code: "finding-map-refused", severity: Severity.fatal, fixes: mapFix },
  "boot-watchdog-loop": { code: "finding-watchdog-loop", severity: Severity.fatal },
  "boot-reset-loop": { code: "finding-reset-loop", severity: Severity.fatal },
  "boot-silent": { code: "finding-silent", severity: Severity.warning },
  "boot-silent-unreadable": { code: "finding-unreadable", severity: Severity.warning },
  "boot-silent-after-banner": { code: "finding-silent-after-banner", severity: Severity.warning, lines: 2 },
  "boot-silent-after-load": { code: "finding-silent-after-load", severity: Severity.warning, lines: 2 },
  "boot-silent-after-jump": { code: "finding-silent-after-jump", severity: Severity.note, lines: 1 },
};

/** What the boot messages mean. */
export const bootMessage: Rule = (facts) => {
  const { boot } = facts;
  const meaning = boot && meanings[boot.code];
  if (boot === undefined || meaning === undefined) return [];
  const details = {
    params: { ...boot.params, fitting: bestMap(facts)?.name ?? phrase("part-fitting-size") },
    evidence: lineEvidence(meaning.lines === undefined ? boot.evidence : boot.evidence.slice(-meaning.lines)),
    fixes: meaning.fixes?.(facts) ?? [],
  };
  return [finding(facts, meaning.code, meaning.severity, details)];
};

function mapFix(facts: Facts): readonly Fix[] {
  const best = bestMap(facts);
  return best === undefined || best === facts.map ? [] : [{ kind: "header", size: best.name }];
}

/** A log, or a chip, of another family. */
export const notAnEsp8266: Rule = (facts) => {
  const { boot, chip } = facts;
  if (boot?.code === "boot-other-chip") {
    const params = { family: boot.params.family };
    const evidence = lineEvidence(boot.evidence);
    return [finding(facts, "finding-not-an-esp8266", Severity.fatal, { params, evidence })];
  }
  if (chip === undefined || chip.target === "esp8266") return [];
  return [finding(facts, "finding-not-an-esp8266", Severity.fatal, { params: { family: chip.target } })];
};
