/** In what state an operation that did not come to its end has left the flash. @module */
import { cleanText, type FlashState, formatStatement } from "@flashwright/core";
import { words } from "../words/words.js";
import type { PlanReport } from "./reports.js";

/** What of it is known, in words. */
export interface LeftState {
  /** One sentence. */
  readonly text: string;
  /** Whether the flash is neither as it was nor as it is to be. */
  readonly isBetween: boolean;
  /** Whether it may be another than before. */
  readonly isChanged: boolean;
}

/** @param kind of the plan that was being run */
export function leftBy(state: FlashState, kind: PlanReport["kind"]): LeftState {
  const { present, statement } = state;
  if (present === undefined) return { text: words.left.untouched, isBetween: false, isChanged: false };
  const text = cleanText(formatStatement(present));
  if (statement.code !== "cancelled-partial") return { text, isBetween: false, isChanged: true };
  const next = kind === "firmware" ? words.left.noStart : words.left.mayNotStart;
  return { text: `${text} ${next}`, isBetween: true, isChanged: true };
}
