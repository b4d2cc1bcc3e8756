/** Events as lines of JSON. @module */
import { hideSecrets } from "@flashwright/core";
import type { CliEvent } from "../cli-event.js";

/** What JSON leaves as it is, and a terminal or a reader of lines may take for a command. */
const ACTIVE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Co}]/gu;

/** One event as one line, with its newline; nothing in it can move a cursor, and no password or content of flash is in it. */
export function jsonLine(event: CliEvent): string {
  const json = JSON.stringify(event, hideSecrets);
  return `${json.replace(ACTIVE, inDigits)}\n`;
}

/** Each half of a character above U+FFFF by itself, as JSON has it. */
export function inDigits(character: string): string {
  return [...Array(character.length).keys()]
    .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
    .join("");
}
