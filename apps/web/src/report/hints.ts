/** What a person can do in this page, where the catalogue's hint speaks of the command line. @module */
import { englishMessages, type MessageTemplate } from "@flashwright/core/messages";
import type { Way } from "../engine/engine.js";
import { words } from "../words/words.js";

/** Options and commands of the command line, which mean nothing here; whatever the language, English tells. */
const COMMAND_LINE = /`(?:--|flashwright |sudo )|repeat the command/i;

type Hints = Readonly<Record<string, string>>;

/**
 * The hint for this page; none where the catalogue's is for the command line and the page has no other.
 * @param way how the board is reached: there is no cable to a virtual board, and behind an agent two things can be gone
 */
export function pageHint(code: string, hint: string | undefined, way?: Way["kind"]): string | undefined {
  const forWay = way === "agent" || way === "virtual" ? words.hintsByWay[way] : {};
  const own = (forWay as Hints)[code] ?? (words.hints as Hints)[code];
  if (own !== undefined) return own;
  // The agent is a command, and what to do about it is done in its terminal.
  if (code.startsWith("agent-")) return hint;
  return isForCommandLine(code) ? undefined : hint;
}

function isForCommandLine(code: string): boolean {
  const { hint } = (englishMessages as Readonly<Record<string, MessageTemplate>>)[code] ?? {};
  return hint !== undefined && COMMAND_LINE.test(hint);
}
