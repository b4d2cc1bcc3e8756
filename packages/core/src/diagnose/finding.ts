/**
 * A finding: what is wrong, how bad, how it shows, and what puts it right. Words are in the catalogue under `code`.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import type { MessageParams } from "../messages/catalogue.js";
import type { findingMessages } from "../messages/finding.js";
import type { SurveyDepth } from "./survey.js";

/** The codes that a finding can carry: all `finding-…` codes of the catalogue. */
export type FindingCode = Extract<keyof typeof findingMessages, `finding-${string}`>;

/** From worst to mildest. */
export const Severity = {
  /** The board does not start, or starts something else. */
  fatal: "fatal",
  /** It works until something ordinary is done, which destroys code or data. */
  danger: "danger",
  /** Something does not work, or may not. */
  warning: "warning",
  /** Harmless; worth knowing. */
  note: "note",
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** A step that puts something right. A plan is made from these, with intent `recover`. */
export type Fix =
  /** Writes the boot loader's sector again with other header fields: names as `parseFlashMode` and its like take them. */
  | { readonly kind: "header"; readonly mode?: string; readonly freq?: string; readonly size?: string }
  /** Writes PHY init data that was made, at its place under the map in force after the fix. */
  | { readonly kind: "phy-init" }
  /** Makes the second boot start user1. */
  | { readonly kind: "boot-slot" }
  /** Erases regions of the layout, by id; what they hold is backed up. */
  | { readonly kind: "erase"; readonly regions: readonly string[] }
  /** Writes the firmware again; needs its package. */
  | { readonly kind: "rewrite"; readonly slots: readonly ("boot" | "user1" | "user2" | "app")[] }
  /** Installs a firmware that fits this chip; needs a package. */
  | { readonly kind: "install"; readonly build?: string };

/** One finding. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly params: MessageParams;
  /** What was seen that says so: offsets, bytes, lines of a log. */
  readonly evidence: readonly Statement[];
  /** How far somebody had looked; `text` for a pasted log. */
  readonly depth: SurveyDepth | "text";
  /** In the order in which they are made; empty where there is nothing to do or only a hand can do it. */
  readonly fixes: readonly Fix[];
}

/** The doctor's whole answer. */
export interface Diagnosis {
  readonly depth: SurveyDepth | "text";
  /** Worst first. */
  readonly findings: readonly Finding[];
  /** What erasing or a wrong flash did not take: codes of the catalogue. */
  readonly reassurances: readonly Statement[];
}
