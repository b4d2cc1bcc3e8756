/** A failure in words. @module */
import { cleanText, FlasherError, isFlasherError } from "@flashwright/core";
import type { Problem } from "../engine/engine.js";
import { words } from "../words/words.js";
import { pageHint } from "./hints.js";

/** What somebody who pressed "Stop" is thrown. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * @param doing the step in which it happened
 * @param context lines for whoever reads a report: chip, port
 * @param left what state the flash was left in, where the operation could have changed it
 */
export function problemReport(
  error: unknown,
  doing: string,
  context: readonly string[],
  left: string | undefined,
): Problem {
  if (error instanceof Stopped) {
    const message = left ?? words.problem.stopped;
    return { code: "stopped", message, details: [doing, ...context].join("\n"), isCancelled: true };
  }
  const told = isFlasherError(error)
    ? error
    : new FlasherError("internal", { text: textOf(error) }, { cause: error });
  const { code, message, hint, params, detail } = told.toJSON();
  const shown = pageHint(code, hint);
  const details = [
    `${doing}: ${code}`,
    message,
    ...(detail === undefined ? [] : [detail]),
    ...(left === undefined ? [] : [left]),
    JSON.stringify(params),
    ...context,
  ];
  return {
    code,
    message: cleanText(left === undefined ? message : `${message} ${left}`),
    ...(shown === undefined ? {} : { hint: shown }),
    details: details.map(cleanText).join("\n"),
    isCancelled: false,
  };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
