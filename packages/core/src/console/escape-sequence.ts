/**
 * Takes apart what programs send to steer a terminal.
 *
 * @module
 */

/** What a control sequence means to a line of text. All others that are well formed mean nothing here. */
export type LineControl =
  /** Erase from the cursor to the end of the line. */
  { readonly type: "clear" } | { readonly type: "left" | "right"; readonly columns: number };

/** What came of one more character. */
export type EscapeStep =
  | { readonly type: "more" }
  /** Over, with a meaning for the line or none. */
  | { readonly type: "done"; readonly control?: LineControl }
  /** No sequence after all: these characters are text, or control characters outside of a sequence. */
  | { readonly type: "broken"; readonly characters: readonly string[] };

/** A title may be long; what is longer than this is a device that tries to swallow what follows. */
const LONGEST = 80;
const MOST_COLUMNS = 4096;

const MORE: EscapeStep = { type: "more" };
const DONE: EscapeStep = { type: "done" };

/** Reads one sequence; its first character, ESC, is taken as read. */
export class EscapeSequence {
  #characters: string[] = [];

  /** Takes the next character. Call it no more once the sequence is done or broken. */
  push(character: string): EscapeStep {
    this.#characters.push(character);
    if (this.#characters.length > LONGEST) return this.#broken();
    const [kind, ...rest] = this.#characters;
    if (kind === "[") return this.#csi(rest);
    if (kind === "]" || kind === "P" || kind === "^" || kind === "_" || kind === "X") return this.#text(rest);
    if (/^[ -/]+$/.test(this.#characters.join(""))) return MORE;
    return /^[ -/]*[0-~]$/.test(this.#characters.join("")) ? DONE : this.#broken();
  }

  /** What has come of a sequence whose rest did not follow. */
  get characters(): readonly string[] {
    return this.#characters;
  }

  #csi(rest: readonly string[]): EscapeStep {
    const body = rest.join("");
    if (/^[0-?]*[ -/]*$/.test(body)) return MORE;
    const parts = /^([0-?]*)[ -/]*([@-~])$/.exec(body);
    if (parts === null) return this.#broken();
    const control = controlOf(parts[1], parts[2]);
    return control === undefined ? DONE : { type: "done", control };
  }

  /** A title and its like: up to BEL or ESC \. */
  #text(rest: readonly string[]): EscapeStep {
    const last = rest.at(-1);
    if (last === undefined) return MORE;
    if (last === "\x07" || (last === "\\" && rest.at(-2) === "\x1b")) return DONE;
    return last >= " " || last === "\x1b" ? MORE : this.#broken();
  }

  #broken(): EscapeStep {
    return { type: "broken", characters: this.#characters };
  }
}

function controlOf(parameters: string, final: string): LineControl | undefined {
  const isToEnd = parameters === "" || parameters === "0";
  if (final === "J" || final === "K") return isToEnd ? { type: "clear" } : undefined;
  if (final !== "C" && final !== "D") return undefined;
  const columns = /^\d{0,4}$/.test(parameters) ? Math.max(1, Number(parameters)) : undefined;
  if (columns === undefined) return undefined;
  return { type: final === "C" ? "right" : "left", columns: Math.min(columns, MOST_COLUMNS) };
}
