/** A failure in words. @module */
import { cleanText, FlasherError, isFlasherError } from "@flashwright/core";
import type { Problem, Way } from "../engine/engine.js";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";
import type { LeftState } from "./left.js";

/** Failures to get into the loader. Where a pin is held wrongly or a wire is missing, buttons do not help. */
const BY_HAND: ReadonlySet<string> = new Set([
  "connect-noise",
  "connect-running",
  "connect-application",
  "connect-silent",
  "port-lines-missing",
]);

/** What somebody who pressed "Stop" is thrown. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** In what it happened. */
export interface ProblemPlace {
  /** The step. */
  readonly doing: string;
  /** Lines for whoever reads a report: chip, port. */
  readonly context: readonly string[];
  /** How the board is reached, where one is. */
  readonly way?: Way["kind"] | undefined;
  /** What state the flash was left in, where the operation could have changed it. */
  readonly left?: LeftState | undefined;
}

/** Says what happened, the one thing to do here, what is on the chip now, and details to copy. */
export function problemReport(error: unknown, { doing, context, way, left }: ProblemPlace): Problem {
  const state = left === undefined ? {} : stateOf(left);
  if (error instanceof Stopped) {
    const again = left?.isBetween ? { hint: words.left.again } : {};
    const details = [doing, ...(left === undefined ? [] : [left.text]), ...context].join("\n");
    return {
      code: "stopped",
      message: words.problem.stopped,
      details,
      isCancelled: true,
      ...again,
      ...state,
    };
  }
  const told = isFlasherError(error)
    ? error
    : new FlasherError("internal", { text: textOf(error) }, { cause: error });
  const { code, message, hint, params, detail } = told.toJSON();
  const shown = pageHint(code, hint, way);
  const details = [
    `${doing}: ${code}`,
    message,
    ...(detail === undefined ? [] : [detail]),
    ...(left === undefined ? [] : [left.text]),
    JSON.stringify(params),
    ...context,
  ];
  return {
    code,
    message: cleanText(message),
    ...state,
    ...(shown === undefined ? {} : { hint: shown }),
    details: details.map(cleanText).join("\n"),
    ...handsFor(code, way),
    isCancelled: false,
  };
}

function stateOf({ text, isChanged }: LeftState): Pick<Problem, "left" | "isFlashChanged"> {
  return { left: text, ...(isChanged ? { isFlashChanged: true } : {}) };
}

/** What somebody's hands on the board are for; those of a virtual board are the page's own. */
function handsFor(code: string, way: Way["kind"] | undefined): Pick<Problem, "hands"> {
  return BY_HAND.has(code) && way !== "virtual" ? { hands: "flash-and-reset" } : {};
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
