/**
 * A value from a console, between two marks that nothing else prints.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { utf8OrLatin1 } from "../utf8.js";

/** What JSON can hold. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** An object of JSON. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Characters of an answer that an error repeats. */
const SHOWN = 60;

/**
 * A line that prints the value of an expression as JSON between marks. The marks are printed of two arguments each, so that
 * an echo of the line does not hold them.
 */
export function markedLine(expression: string, number: number): string {
  return `print("<","<${number}<",JSON.stringify(${expression}),">${number}>",">")`;
}

/** What stands between the marks in text of a console; `undefined` where the end has not come yet. */
export function betweenMarks(text: string, number: number): string | undefined {
  const start = `< <${number}< `;
  const from = text.indexOf(start);
  const to = text.indexOf(` >${number}> >`, from + start.length);
  return from < 0 || to < 0 ? undefined : text.slice(from + start.length, to);
}

/**
 * The value of what stood between the marks; `undefined` is the value of what has none in JSON.
 * @param text one character a byte
 * @throws FlasherError `console-eval-unreadable`
 */
export function readAnswer(text: string, expression: string): JsonValue | undefined {
  const json = utf8OrLatin1(Uint8Array.from(text, (character) => character.charCodeAt(0))).trim();
  if (json === "undefined") return undefined;
  // UNCERTAIN since when: older versions print \x1b where JSON has \u001b.
  for (const spelling of [json, json.replace(/\\x([0-9a-f]{2})/gi, "\\u00$1")]) {
    try {
      return JSON.parse(spelling);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw new FlasherError("console-eval-unreadable", { expression, text: json.slice(0, SHOWN) });
}
