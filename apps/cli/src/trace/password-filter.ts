/**
 * Which bytes on a console are passwords. A trace is for others to read.
 *
 * Hidden is what stands in quotes behind a name that speaks of a password or key, the second text in a call that joins or
 * opens a network, and what is typed when a console asks for its password; in both directions, for consoles echo. What looks
 * like none of these is shown: no filter knows a password by itself.
 *
 * @module
 */

import type { TraceRun } from "./payload-filter.js";
import type { TraceFilter } from "./trace-transport.js";

/** What stands in front of a password, up to the quote with which it begins. */
const OPENINGS: readonly RegExp[] = [
  // password: "   "passwordAP":"   psk = '   \"pass\": \"
  /(?:pass|passw|pwd|passwd|password|passphrase|psk|wpa_?key|secret)[a-z_]{0,12}\\?["'`]?\s{0,4}[:=]\s{0,4}\\?(["'`])$/i,
  // WiFi.begin("home", "   connect('home','   AT+CWJAP_CUR="home","
  /(?:connect|begin|softap|createap|cw[js]ap\w{0,5}|station\.config|setting)\s{0,4}[(=]\s{0,4}\\?(["'`])[^"'`]{0,64}\\?\1\s{0,4},\s{0,4}\\?(["'`])$/i,
];
/** A console that is locked. */
const PROMPT = /(?:^|[\r\n])password>$/;
/** Characters in front of a password that may tell that it is one. */
const CONTEXT = 160;
const BACKSLASH = "\\";

/** One direction. */
class Direction {
  /** The latest characters; of a password its length only. */
  #context = "";
  /** What ends the password that is passing: a quote, or the end of the line. */
  #end: string | undefined;
  #isEscaped = false;

  get context(): string {
    return this.#context;
  }

  /** What follows is a password up to the end of the line. */
  hideLine(): void {
    this.#end = "\n";
  }

  hides(byte: number): boolean {
    const character = String.fromCharCode(byte);
    const hidden = this.#end !== undefined && !this.#isOver(character);
    this.#context = (this.#context + (hidden ? "*" : character)).slice(-CONTEXT);
    if (this.#end === undefined) this.#end = openingQuote(this.#context);
    else if (!hidden) this.#end = undefined;
    return hidden;
  }

  #isOver(character: string): boolean {
    if (character === "\r" || character === "\n") return true;
    const isEscaped = this.#isEscaped;
    this.#isEscaped = character === BACKSLASH && !isEscaped;
    return character === this.#end && !isEscaped;
  }
}

/** Both directions of a console. */
export class PasswordFilter implements TraceFilter {
  readonly #typed = new Direction();
  readonly #shown = new Direction();

  sent(bytes: Uint8Array): TraceRun[] {
    if (PROMPT.test(this.#shown.context)) this.#typed.hideLine();
    return runsOf(bytes, this.#typed);
  }

  received(bytes: Uint8Array): TraceRun[] {
    return runsOf(bytes, this.#shown);
  }

  startedOver(): void {}
}

function openingQuote(context: string): string | undefined {
  for (const opening of OPENINGS) {
    const quote = opening.exec(context)?.at(-1);
    if (quote !== undefined) return quote;
  }
  return undefined;
}

function runsOf(bytes: Uint8Array, direction: Direction): TraceRun[] {
  const runs: TraceRun[] = [];
  let start = 0;
  let isHidden = false;
  for (const [index, byte] of bytes.entries()) {
    const hides = direction.hides(byte);
    if (hides !== isHidden && index > start) {
      runs.push({ bytes: bytes.subarray(start, index), hidden: isHidden });
      start = index;
    }
    isHidden = hides;
  }
  if (start < bytes.length) runs.push({ bytes: bytes.subarray(start), hidden: isHidden });
  return runs;
}
