/**
 * What is at the start of flash, and whether what starts is whole.
 *
 * @module
 */
import { regionEnd, totalSize } from "../../flash/region.js";
import type { Statement } from "../../image/flash-params.js";
import { BOOT_MAGIC, UPDATE_MAGIC } from "../../image/image-types.js";
import { USER1_OFFSET } from "../../packages/places.js";
import { type Facts, hasProgram, headerEvidence, isDamaged, type Rule, startedSlot } from "../facts.js";
import { type Finding, type Fix, Severity } from "../finding.js";
import type { SlotState, Survey } from "../survey.js";
import { finding, nameOf } from "./make-finding.js";

const ERASED = 0xff;

/** Nothing, or nothing that the boot ROM takes, at offset 0. */
export const startOfFlash: Rule = (facts) => {
  const { survey } = facts;
  if (survey === undefined || survey.firstByte === BOOT_MAGIC) return [];
  const evidence: Statement[] = [{ code: "evidence-first-byte", params: { value: survey.firstByte } }];
  if (survey.firstByte === ERASED) return [blankStart(facts, survey, evidence)];
  const rewrite: Fix = { kind: "rewrite", slots: ["boot", "user1"] };
  if (survey.firstByte === UPDATE_MAGIC) {
    return [finding(facts, "finding-update-image-at-start", Severity.fatal, { evidence, fixes: [rewrite] })];
  }
  const params = { value: survey.firstByte };
  const fixes = fixesOfStart(facts);
  return [finding(facts, "finding-no-image", Severity.fatal, { params, evidence, fixes })];
};

function blankStart(facts: Facts, survey: Survey, evidence: readonly Statement[]): Finding {
  const looked = seen(survey);
  const blank = totalSize(survey.contents.blank);
  const fixes = fixesOfStart(facts);
  const params = { size: looked, flashSize: survey.flashSize };
  if (blank < looked || survey.slots.some(({ state }) => state !== "blank")) {
    return finding(facts, "finding-no-boot-loader", Severity.fatal, { evidence, fixes });
  }
  const code = blank === survey.flashSize ? "finding-flash-blank" : "finding-flash-looks-blank";
  return finding(facts, code, Severity.fatal, { params, evidence, fixes });
}

/** Where the firmware behind it is there, the boot loader alone is missing: all else can stay. */
function fixesOfStart(facts: Facts): Fix[] {
  const slot = startedSlot(facts);
  if (slot === undefined || slot.slot === "app" || !hasProgram(facts) || isDamaged(slot)) {
    return [{ kind: "install" }];
  }
  const header: Fix[] = facts.linked === undefined ? [] : [{ kind: "header", size: facts.linked.name }];
  return [{ kind: "rewrite", slots: ["boot"] }, ...header];
}

/** Bytes of which something is known. */
function seen({ contents }: Survey): number {
  const bytes = contents.bytes.map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  return totalSize([...bytes, ...contents.digests, ...contents.blank]);
}

/** An image at offset 0 that is for another chip, or damaged. */
export const bootImage: Rule = (facts) => {
  const flaws = facts.survey?.bootFlaws ?? [];
  const foreign = flaws.find(({ code }) => code === "image-other-chip");
  if (foreign !== undefined) {
    const fixes: Fix[] = [{ kind: "install" }];
    const params = { chip: foreign.params.chip };
    return [
      finding(facts, "finding-image-for-other-chip", Severity.fatal, { params, evidence: [foreign], fixes }),
    ];
  }
  if (flaws.length === 0) return [];
  const isLoader = facts.survey?.bootLoader !== undefined;
  const fixes: Fix[] = [{ kind: "rewrite", slots: [isLoader ? "boot" : "app"] }];
  return [finding(facts, "finding-boot-loader-damaged", Severity.fatal, { evidence: flaws, fixes })];
};

/** A boot loader that has nothing to start. */
export const missingProgram: Rule = (facts) => {
  const { survey } = facts;
  if (survey?.firstByte !== BOOT_MAGIC || survey.bootFlaws.some(({ code }) => code === "image-other-chip")) {
    return [];
  }
  if (hasProgram(facts) || survey.bootLoader === undefined) return [];
  const slot = startedSlot(facts);
  const params = { offset: slot?.offset ?? USER1_OFFSET };
  const state = slot?.state === "blank" ? "evidence-slot-blank" : "evidence-slot-absent";
  const fixes: Fix[] = [{ kind: "rewrite", slots: [slot?.slot ?? "user1"] }];
  return [
    finding(facts, "finding-no-program", Severity.fatal, {
      params,
      evidence: [{ code: state, params }],
      fixes,
    }),
  ];
};

/** The program that starts, damaged; by settings that were saved into it, or by something else. */
export const damagedProgram: Rule = (facts) => {
  const slot = startedSlot(facts);
  if (slot === undefined || facts.survey === undefined || !isDamaged(slot)) return [];
  if (slot.flaws.some(({ code }) => code === "evidence-wifi-block")) return [settingsInCode(facts, slot)];
  const rewrite: Fix = { kind: "rewrite", slots: [slot.slot] };
  const params = { slot: slot.slot, offset: slot.offset };
  const details = { params, evidence: slot.flaws, fixes: [rewrite] };
  if (isCutOff(slot)) return [finding(facts, "finding-image-truncated", Severity.fatal, details)];
  const code = slot.state === "damaged" ? "finding-image-damaged" : "finding-image-looks-damaged";
  return [finding(facts, code, Severity.fatal, details)];
};

/** The header is put right first: otherwise the next save damages the program again. */
function settingsInCode(facts: Facts, slot: SlotState): Finding {
  const at = slot.flaws.find(({ code }) => code === "evidence-wifi-block");
  const needed = facts.linked !== undefined && facts.linked !== facts.map ? facts.linked.name : undefined;
  const header: Fix[] = needed === undefined ? [] : [{ kind: "header", size: needed }];
  return finding(facts, "finding-settings-in-code", Severity.fatal, {
    params: {
      offset: at?.params.offset,
      map: facts.map?.name,
      linked: facts.linked?.name,
      slot: slot.slot,
      firmware: nameOf(facts.firmware),
    },
    evidence: [
      ...slot.flaws,
      ...headerEvidence(facts.survey?.header, 0),
      ...headerEvidence(slot.linkedParams, slot.offset),
    ],
    fixes: [...header, { kind: "rewrite", slots: [slot.slot] }],
  });
}

/** Whether the end is missing: where it should be there is nothing, or erased flash. */
function isCutOff({ flaws, offset, size }: SlotState): boolean {
  const end = size === undefined ? undefined : offset + size;
  return flaws.some(({ code, params }) => {
    if (code === "image-truncated" || code === "image-segment-out-of-range") return true;
    if (code === "image-bad-magic") return params.actual === ERASED;
    if (code !== "evidence-erased-in-image" || end === undefined) return false;
    return regionEnd({ offset: Number(params.offset), size: Number(params.size) }) + 0x1000 > end;
  });
}

/** The slot that does not start, damaged: an update that was not finished. */
export const damagedSpare: Rule = (facts) => {
  const started = startedSlot(facts);
  return (facts.survey?.slots ?? [])
    .filter((slot) => slot !== started && isDamaged(slot))
    .map((slot) =>
      finding(facts, "finding-spare-slot-damaged", Severity.note, {
        params: { slot: slot.slot, offset: slot.offset },
        evidence: slot.flaws,
      }),
    );
};
