/** Events as lines of JSON. @module */
import { hideSecrets } from "@flashwright/core";
import type { CliEvent } from "../cli-event.js";

/** What JSON leaves as it is, and a terminal or a reader of lines may take for a command. */
const ACTIVE = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One event as one line, with its newline; nothing in it can move a cursor, and no password or content of flash is in it. */
export function jsonLine(event: CliEvent): string {
  const json = JSON.stringify(event, hideSecrets);
  return `${json.replace(ACTIVE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
