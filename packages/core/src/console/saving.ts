/**
 * What a line typed into Espruino saves, and what that destroys under the present flash map.
 *
 * @module
 */

import type { Statement } from "../image/flash-params.js";
import { HazardEffect } from "../maps/hazards.js";
import type { MapJudgement } from "../maps/judge-map.js";
import { RegionOwner, WrittenAt } from "../maps/layout.js";

/** What is saved. */
export type Saving = "program" | "wifi";

/** What saving destroys; what is missing destroys nothing. */
export type SavingDangers = Readonly<Partial<Record<Saving, Statement>>>;

/** Calls that write where the saved program and the files are. A method of somebody's own object is none. */
const PROGRAM: readonly RegExp[] = [
  /(?:^|[^.\w$])save\s*\(/,
  /\bE\s*\.\s*setBootCode\s*\(/,
  /(?:^|[^.\w$])reset\s*\(\s*(?:true|1)\s*\)/,
  /["']Storage["']\s*\)\s*\.\s*(?:write|erase|compact|open)\w*\s*\(/,
];
const WIFI: readonly RegExp[] = [/\bwifi\s*\.\s*save\s*\(/i, /["']Wifi["']\s*\)\s*\.\s*save\s*\(/];

/** What a text saves when Espruino runs it, as far as its words tell: a call by another name is not seen. */
export function savingsIn(text: string): Saving[] {
  const has = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(text));
  return [...(has(PROGRAM) ? ["program" as const] : []), ...(has(WIFI) ? ["wifi" as const] : [])];
}

/** What saving destroys of the firmware's own code, by a judgement of firmware and flash map. */
export function savingDangers({ hazards, layout }: MapJudgement): SavingDangers {
  const fatal = (when: WrittenAt) =>
    hazards.find((hazard) => hazard.when === when && hazard.effect === HazardEffect.fatal)?.what;
  const program = fatal(WrittenAt.save);
  // Since 1v98 Wi-Fi settings are a file beside the program.
  const hasSector = layout.regions.some(({ owner }) => owner === RegionOwner.wifi);
  const wifi = hasSector ? fatal(WrittenAt.wifiSave) : program;
  return { ...(program && { program }), ...(wifi && { wifi }) };
}
