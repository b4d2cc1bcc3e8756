/**
 * The way in which flash is read, against what the module is wired for.
 *
 * @module
 */
import { esp8266FlashModes as modes } from "../../targets/esp8266/flash-chips.js";
import type { Facts, Rule } from "../facts.js";
import { type Fix, Severity } from "../finding.js";
import { finding, lineEvidence } from "./make-finding.js";

/** The boot ROM read the header, which it does in slow mode, and zeros for the rest. */
export const modeNotWired: Rule = (facts) => {
  const { boot } = facts;
  if (boot?.code !== "boot-mode-not-wired") return [];
  const mode = safeMode(facts);
  const fixes: Fix[] = [{ kind: "header", mode }];
  const evidence = lineEvidence(boot.evidence);
  const params = { mode, present: facts.mode?.name };
  return [finding(facts, "finding-mode-not-wired", Severity.fatal, { params, evidence, fixes })];
};

/** A mode that is known not to work with this flash, on a board of which nobody has seen that it starts. */
export const modeUnlikely: Rule = (facts) => {
  const { mode, boot, chip } = facts;
  if (mode === undefined || boot?.code === "boot-mode-not-wired" || boot?.verdict === "boots") return [];
  const known = knownMode(facts);
  if (known === undefined || speed(mode.name) >= speed(known)) return [];
  const params = { mode: known, present: mode.name, flashId: chip?.flashId };
  const fixes: Fix[] = [{ kind: "header", mode: known }];
  return [finding(facts, "finding-mode-unlikely", Severity.warning, { params, fixes })];
};

/** The fastest mode that works, as far as it is known. */
function knownMode({ chip }: Facts): string | undefined {
  if (chip === undefined) return undefined;
  if (chip.embeddedFlash !== undefined) return modes.embedded;
  return modes.chips.find(({ id }) => id === chip.flashId)?.mode;
}

/** A slower mode than the one that failed. */
function safeMode(facts: Facts): string {
  const known = knownMode(facts);
  const failed = facts.mode === undefined ? 0 : speed(facts.mode.name);
  if (known !== undefined && speed(known) > failed) return known;
  return failed < speed(modes.usual.mode) ? modes.usual.mode : modes.embedded;
}

/** 0 for the fastest. */
function speed(mode: string): number {
  return modes.bySpeed.indexOf(mode);
}
