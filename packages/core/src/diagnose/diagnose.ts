/**
 * The doctor: from what is known of a board to what is wrong with it, and what puts it right.
 *
 * @module
 */
import type { BootVerdict } from "../boot/verdict.js";
import { regionEnd } from "../flash/region.js";
import { FirmwareFamily } from "../maps/firmware-id.js";
import type { FirmwarePackage } from "../packages/firmware-package.js";
import { USER1_OFFSET } from "../packages/places.js";
import { parseFlashId } from "../targets/jedec.js";
import { exceptionsOf, readBootLog } from "./boot-facts.js";
import { type DiagnosedChip, type Facts, judged, type Rule, startedSlot } from "./facts.js";
import { type Diagnosis, type Finding, Severity } from "./finding.js";
import { reassurances } from "./reassurances.js";
import { bootMessage, notAnEsp8266 } from "./rules/boot-log.js";
import { bootImage, damagedProgram, damagedSpare, missingProgram, startOfFlash } from "./rules/contents.js";
import { CRASH_CODES, crashCauses } from "./rules/exceptions.js";
import { causeOfMap, linkedForOther, mapAgainstFirmware } from "./rules/flash-map.js";
import { modeNotWired, modeUnlikely } from "./rules/flash-mode.js";
import { packageFindings } from "./rules/package.js";
import { calibrationBlank, crystalUnusual, phyInitCrystal, phyInitMissing } from "./rules/radio.js";
import { savedCodeLoop } from "./rules/saved-code.js";
import { notThisPackage, otherSlotStarts } from "./rules/slots.js";
import { isChipSize } from "./sources/dump-source.js";
import type { Survey } from "./survey.js";

/** What is known. The more, the better the answer; every part may be missing. */
export interface DiagnoseInput {
  readonly survey?: Survey | undefined;
  readonly chip?: DiagnosedChip | undefined;
  /** What the board said when it was started. */
  readonly boot?: BootVerdict | undefined;
  /** Its boot messages; the verdict is read from them where none is given. */
  readonly bootLog?: string | undefined;
  readonly package?: FirmwarePackage | undefined;
}

/** In the order in which findings of one severity are shown: causes before what comes of them. */
const RULES: readonly Rule[] = [
  notAnEsp8266,
  startOfFlash,
  bootImage,
  missingProgram,
  damagedProgram,
  mapAgainstFirmware,
  modeNotWired,
  phyInitMissing,
  savedCodeLoop,
  bootMessage,
  crashCauses,
  otherSlotStarts,
  modeUnlikely,
  phyInitCrystal,
  crystalUnusual,
  packageFindings,
  causeOfMap,
  linkedForOther,
  damagedSpare,
  notThisPackage,
  calibrationBlank,
];

/** Looks at all that is known at once. Pure. */
export function diagnose(input: DiagnoseInput): Diagnosis {
  return diagnoseFacts(factsOf(input));
}

/** The same from facts of any source. */
export function diagnoseFacts(facts: Facts, more: readonly Finding[] = []): Diagnosis {
  const found = [...RULES.flatMap((rule) => rule(facts)), ...more];
  const findings = bySeverity(withoutEchoes(found));
  return { depth: facts.depth, findings, reassurances: reassurances(facts, findings) };
}

function factsOf({ survey, chip, boot, bootLog, package: wanted }: DiagnoseInput): Facts {
  const log = bootLog === undefined ? undefined : readBootLog(bootLog);
  const verdict = boot ?? log?.verdict;
  const slot = startedSlot({ survey });
  const linked = slot?.linkedParams?.size ?? (slot === undefined ? wanted?.linkedMap : undefined);
  const map = survey?.header?.size ?? log?.map;
  const chipSize = chip?.flashSize ?? (isChipSize(survey?.flashSize) ? survey?.flashSize : undefined);
  const firmware = survey?.firmware.family === FirmwareFamily.unknown ? undefined : survey?.firmware;
  const imageEnd = slot?.size === undefined ? undefined : regionEnd({ offset: slot.offset, size: slot.size });
  return {
    depth: survey?.depth ?? "text",
    firmware,
    map,
    mode: survey?.header?.mode ?? log?.mode,
    linked,
    imageEnd,
    chipSize,
    flashDevice: chip?.flashId === undefined ? undefined : parseFlashId(chip.flashId)?.device,
    survey,
    chip,
    boot: verdict,
    exceptions: log?.exceptions ?? exceptionsOf(verdict),
    startedSlot: log?.startedSlot,
    console: undefined,
    package: wanted,
    judgement: judged(firmware, map, { chipSize, imageEnd: endInFirstSlot(survey, imageEnd), linked }),
  };
}

/** Layouts describe the first slot; what starts from the second one is judged as if it lay there. */
function endInFirstSlot(survey: Survey | undefined, imageEnd: number | undefined): number | undefined {
  const slot = startedSlot({ survey });
  return slot?.slot === "user2" && imageEnd !== undefined ? imageEnd - slot.offset + USER1_OFFSET : imageEnd;
}

/** Why a program that starts crashes sooner or later. */
const BROKEN_PROGRAM: readonly Finding["code"][] = [
  "finding-settings-in-code",
  "finding-image-damaged",
  "finding-image-truncated",
];

/** What the boot log says of a thing that a look at flash has explained is no second finding. */
const ECHOES: Readonly<Partial<Record<Finding["code"], readonly Finding["code"][]>>> = {
  ...Object.fromEntries(CRASH_CODES.map((code) => [code, BROKEN_PROGRAM])),
  "finding-boot-finds-no-image": [
    "finding-flash-blank",
    "finding-flash-looks-blank",
    "finding-no-boot-loader",
    "finding-no-image",
    "finding-update-image-at-start",
  ],
  "finding-boot-checksum": ["finding-boot-loader-damaged", "finding-image-for-other-chip"],
  "finding-boot-read-error": ["finding-boot-loader-damaged", "finding-image-for-other-chip"],
  "finding-map-destroys-at-wifi-save": ["finding-settings-in-code"],
  "finding-boot-finds-no-program": ["finding-no-program", ...BROKEN_PROGRAM],
};

/** The lines of the log that an echo shows are shown with its cause. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const causeOf = ({ code }: Finding) => findings.find((other) => ECHOES[code]?.includes(other.code));
  const lines = new Map<Finding, Finding["evidence"]>();
  const kept = findings.filter((found, index) => {
    const cause = causeOf(found);
    if (cause !== undefined) lines.set(cause, [...(lines.get(cause) ?? []), ...linesOf(found)]);
    const isFirst = findings.findIndex(({ code }) => code === found.code) === index;
    return cause === undefined && (isFirst || REPEATED.has(found.code));
  });
  return kept.map((found) => {
    const heard = lines.get(found) ?? [];
    return heard.length === 0 ? found : { ...found, evidence: [...found.evidence, ...heard] };
  });
}

function linesOf({ evidence }: Finding): Finding["evidence"] {
  return evidence.filter(({ code }) => code === "evidence-line");
}

/** Findings of which there may be several, about different things. */
const REPEATED: ReadonlySet<Finding["code"]> = new Set<Finding["code"]>([
  "finding-instructions",
  "finding-exception",
  "finding-spare-slot-damaged",
]);

function bySeverity(findings: readonly Finding[]): Finding[] {
  const ranks = Object.values(Severity);
  return [...findings].sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
}
