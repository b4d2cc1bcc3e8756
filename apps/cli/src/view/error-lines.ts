/** An error in lines: message, hint, code. @module */
import type { FlasherErrorData } from "@flashwright/core";
import type { Colours } from "./colour.js";
import { clean, wrap } from "./text.js";

/** What happened, what can be done, and the code to search or report it by. */
export function errorLines(error: FlasherErrorData, width: number, colours: Colours): string[] {
  const [first, ...rest] = wrap(`error: ${clean(error.message)}`, width, 7);
  const lines = [colours.red(first.slice(0, 6)) + first.slice(6), ...rest];
  if (error.hint !== undefined) lines.push(...wrap(` hint: ${clean(error.hint)}`, width, 7));
  if (error.detail !== undefined && !error.message.includes(error.detail))
    lines.push(...wrap(` from: ${clean(error.detail)}`, width, 7).map(colours.dim));
  lines.push(colours.dim(` code: ${error.code}`));
  return lines;
}
