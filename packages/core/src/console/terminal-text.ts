/**
 * Makes of a program's output what can be shown on any terminal: text, and moves within the present line.
 *
 * Serial output is hostile. Nothing that leaves here steers a terminal: colours, titles, moves of the cursor to elsewhere and
 * questions that a terminal would answer are left out, and every other control character is made visible.
 *
 * @module
 */
import { Utf8Decoder } from "../utf8.js";
import { EscapeSequence } from "./escape-sequence.js";
import { LineModel, type LineStep } from "./line-model.js";

const TAB_COLUMNS = 8;
const ESC = "\x1b";

/** Format characters, separators, fillers and the like, which hide or reorder what stands beside them. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]$/u;
/** Marks, and the second halves of Hangul syllables: they take no column of their own. */
const COMBINING = /^[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]$/u;

/** An incremental reader of one console's bytes. Chunks may be cut anywhere. */
export class TerminalText {
  readonly #decoder = new Utf8Decoder();
  readonly #line = new LineModel();
  #escape: EscapeSequence | undefined;
  /** A CR came; what follows decides whether it ends the line. */
  #afterReturn = false;

  /** The line that is not over yet. */
  get openLine(): string {
    return this.#line.text;
  }

  push(chunk: Uint8Array): LineStep[] {
    return joined(this.#decoder.push(chunk).flatMap((character) => this.#take(character)));
  }

  /** What is held back because its rest has not come. Call it when nothing has come for a while. */
  flush(): LineStep[] {
    const characters = [...this.#decoder.flush()];
    const held = this.#escape?.characters;
    this.#escape = undefined;
    const shown = held === undefined ? [] : [ESC, ...held].flatMap((held) => this.#show(held));
    return joined([...shown, ...characters.flatMap((character) => this.#take(character))]);
  }

  /** Ends the line that is not over; nothing where there is none. */
  endLine(): LineStep[] {
    this.#afterReturn = false;
    return this.#line.text === "" ? [] : [this.#line.end()];
  }

  #take(character: string): LineStep[] {
    if (this.#escape !== undefined) return this.#inEscape(this.#escape, character);
    const steps = this.#afterReturn && character !== "\n" ? this.#line.back(this.#line.cursor) : [];
    this.#afterReturn = character === "\r";
    return [...steps, ...this.#takeOutside(character)];
  }

  #takeOutside(character: string): LineStep[] {
    switch (character) {
      case "\r":
        return [];
      case "\n":
        return [this.#line.end()];
      case "\b":
        return this.#line.back(1);
      case "\t": {
        const columns = TAB_COLUMNS - (this.#line.cursor % TAB_COLUMNS);
        return this.#line.write(Array(columns).fill(" "));
      }
      case ESC:
        this.#escape = new EscapeSequence();
        return [];
      default:
        return this.#show(character);
    }
  }

  #inEscape(sequence: EscapeSequence, character: string): LineStep[] {
    const step = sequence.push(character);
    if (step.type === "more") return [];
    this.#escape = undefined;
    if (step.type === "done") {
      if (step.control?.type === "clear") return this.#line.clear();
      if (step.control?.type === "left") return this.#line.back(step.control.columns);
      return step.control === undefined ? [] : this.#line.forward(step.control.columns);
    }
    const [last] = step.characters.slice(-1);
    const before = step.characters.slice(0, -1);
    // The character that does not fit may be the end of a line, or the start of a sequence that does.
    return [...[ESC, ...before].flatMap((held) => this.#show(held)), ...this.#take(last)];
  }

  #show(character: string): LineStep[] {
    if (COMBINING.test(character) && !INVISIBLE.test(character)) {
      return this.#line.combine(character) ?? this.#line.write([...inDigits(character)]);
    }
    return this.#line.write(visible(character));
  }
}

/** A character as it can be shown: itself, `^G` for a control character, `\u{202e}` for one that hides or reorders. */
function visible(character: string): string[] {
  const point = character.codePointAt(0) ?? 0;
  if (point < 0x20 || point === 0x7f) return ["^", String.fromCharCode(point ^ 0x40)];
  return INVISIBLE.test(character) ? [...inDigits(character)] : [character];
}

function inDigits(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Neighbouring pieces of text as one. */
function joined(steps: readonly LineStep[]): LineStep[] {
  const result: LineStep[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (step.type === "text" && last?.type === "text") {
      result[result.length - 1] = { type: "text", text: last.text + step.text };
    } else result.push(step);
  }
  return result;
}
