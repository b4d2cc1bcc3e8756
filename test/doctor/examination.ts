/** One content before the doctor: looked at as the product does, and what it said against what is true. @module */
import {
  diagnose,
  dumpSource,
  type Finding,
  QUICK_LIMITS,
  type Survey,
  surveyFlash,
} from "@flashwright/core/diagnose";
import type { FirmwareFamily, FirmwareId } from "@flashwright/core/maps";
import { type ChipCase, type Expectation, healthy, type Worst } from "./chip-case.js";
import { codecs } from "./codecs.js";
import { cure } from "./cure.js";

/** One thing that the doctor should have said otherwise. */
export interface Wrong {
  readonly depth: "quick" | "deep";
  /**
   * `missed`: milder than it is. `false`: worse than it is. `misnamed`: another firmware. `promise`: a quick look that cost
   * too much, or claimed to have proved something. `not cured`: the fixes leave something wrong, or there are none.
   */
  readonly kind: "missed" | "false" | "misnamed" | "promise" | "not cured";
  readonly expected: string;
  readonly said: readonly string[];
}

/** What came of one content. */
export interface Outcome {
  readonly wrong: readonly Wrong[];
  /** Whether it was looked at deeply. */
  readonly deep: boolean;
}

/** What to do beyond what the product does. */
export interface Thoroughness {
  /** Look deeply where a quick look found nothing. */
  readonly deepAnyway: boolean;
  /** Make the fixes, and look again. */
  readonly cure: boolean;
}

/** Quick first; deep where that found something, where only deep can see, and where it is asked for. */
export async function examine(content: ChipCase, thoroughness: Thoroughness): Promise<Outcome> {
  const source = dumpSource(content.flash, codecs);
  const quick = await surveyFlash(source, { depth: "quick", codecs });
  const seen = diagnose({ survey: quick }).findings;
  const wrong = [
    ...judge("quick", content.expected.quick, seen),
    ...brokenPromises(quick),
    ...misnamed(content, quick),
  ];
  const deep = thoroughness.deepAnyway || content.expected.deep !== undefined || !isHealthy(seen);
  if (deep) wrong.push(...(await examineDeeply(content, quick, thoroughness.cure)));
  return { wrong, deep };
}

async function examineDeeply(content: ChipCase, earlier: Survey, makeFixes: boolean): Promise<Wrong[]> {
  const source = dumpSource(content.flash, codecs);
  const survey = await surveyFlash(source, { depth: "deep", earlier, codecs });
  const { findings } = diagnose({ survey });
  return [
    ...judge("deep", content.expected.deep ?? content.expected.quick, findings),
    ...misnamed(content, survey),
    ...(makeFixes ? await uncured(content, findings) : []),
  ];
}

const RANKS: readonly Worst[] = ["none", "note", "warning", "danger", "fatal"];

function worstOf(findings: readonly Finding[]): Worst {
  const ranks = findings.map(({ severity }) => RANKS.indexOf(severity));
  return RANKS[Math.max(0, ...ranks)]!;
}

function isHealthy(findings: readonly Finding[]): boolean {
  return RANKS.indexOf(worstOf(findings)) <= RANKS.indexOf("note");
}

function judge(depth: Wrong["depth"], expectation: Expectation, findings: readonly Finding[]): Wrong[] {
  const worst = worstOf(findings);
  const allowed: readonly Worst[] = expectation.worst === "healthy" ? ["none", "note"] : expectation.worst;
  if (allowed.includes(worst)) return [];
  const least = Math.min(...allowed.map((one) => RANKS.indexOf(one)));
  const kind = RANKS.indexOf(worst) < least ? "missed" : "false";
  return [{ depth, kind, expected: allowed.join(" or "), said: wordsOf(findings) }];
}

function wordsOf(findings: readonly Finding[]): string[] {
  return findings.map(({ code, severity, fixes }) => `${severity} ${code} ${JSON.stringify(fixes)}`);
}

/** What is still wrong when the fixes of a deep diagnosis are made. */
async function uncured({ flash, files }: ChipCase, findings: readonly Finding[]): Promise<Wrong[]> {
  if (files === undefined || isHealthy(findings)) return [];
  const cured = cure(flash, findings, files);
  if (cured === undefined)
    return [
      { depth: "deep", kind: "not cured", expected: "fixes that can be made", said: wordsOf(findings) },
    ];
  const survey = await surveyFlash(dumpSource(cured, codecs), { depth: "deep", codecs });
  const left = judge("deep", healthy, diagnose({ survey }).findings);
  const expected = `a healthy chip after ${wordsOf(findings).join(", ")}`;
  return left.map((wrong) => ({ ...wrong, kind: "not cured", expected }));
}

/** Families that say on what a firmware is built; a quick look may know no more. */
const VAGUE: readonly FirmwareFamily[] = ["unknown", "nonos", "arduino"];

function misnamed({ firmware }: ChipCase, { depth, firmware: found }: Survey): Wrong[] {
  if (firmware === undefined || (depth === "quick" && VAGUE.includes(found.family))) return [];
  const wrong = Object.entries(firmware).filter(
    ([field, value]) => found[field as keyof FirmwareId] !== value,
  );
  if (wrong.length === 0) return [];
  return [{ depth, kind: "misnamed", expected: JSON.stringify(firmware), said: [JSON.stringify(found)] }];
}

/** A quick look costs what it may cost, and proves nothing. */
function brokenPromises({ readBytes, hashedBytes, slots }: Survey): Wrong[] {
  const broken: string[] = [];
  if (readBytes > QUICK_LIMITS.readBytes) broken.push(`read ${readBytes} bytes`);
  if (hashedBytes > QUICK_LIMITS.hashedBytes) broken.push(`hashed ${hashedBytes} bytes`);
  for (const { slot, state } of slots)
    if (state === "intact" || state === "damaged") broken.push(`calls ${slot} ${state}`);
  return broken.map((text) => ({ depth: "quick", kind: "promise", expected: "a quick look", said: [text] }));
}
