/** Pieces of a console as a terminal takes them. @module */
import { cleanText, describe } from "@flashwright/core";
import type { ConsolePiece } from "@flashwright/core/console";
import { pageHint } from "../../report/hints.js";
import { words } from "../../words/words.js";

/** Colours of this page's own remarks. What comes from the board holds no control character. */
const REMARK = "\x1b[36m";
const ALARM = "\x1b[31m";
const PLAIN = "\x1b[0m";

/** What a terminal is to be given; beside text it is CR, LF, BS and colour. */
export function consoleText(piece: ConsolePiece): string {
  switch (piece.type) {
    case "text":
      return piece.text;
    case "back":
      return "\b".repeat(piece.columns);
    case "clear":
      return " ".repeat(piece.columns) + "\b".repeat(piece.columns);
    case "line":
      return "\r\n";
    case "exception":
      return remark(ALARM, words.console.exception(piece.cause, piece.name, piece.meaning));
    case "stack":
      // Without the file of this build there are no names for it.
      return "";
    case "note": {
      const { message, hint } = describe(piece.code, piece.params);
      const shown = pageHint(piece.code, hint);
      return remark(REMARK, shown === undefined ? message : `${message} ${shown}`);
    }
  }
}

function remark(colour: string, text: string): string {
  return `\r${colour}-- ${cleanText(text)}${PLAIN}\r\n`;
}
