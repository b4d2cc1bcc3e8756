/**
 * Espruino's console, driven by a program.
 *
 * @module
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { FlasherError } from "../errors.js";
import { FirmwareFamily, type FirmwareId } from "../maps/firmware-id.js";
import type { Clock, Transport } from "../transport.js";
import { ERROR, PASSWORD, PROMPT } from "./espruino-text.js";
import { betweenMarks, type JsonValue, markedLine, readAnswer } from "./json-answer.js";
import { splitStatements } from "./statements.js";
import { Transcript, type TranscriptOptions } from "./transcript.js";

/** Keys of the console, as bytes. */
const Key = {
  /** Breaks what runs as soon as the firmware looks at its input, and clears the line. */
  interrupt: 0x03,
  /** On an empty line, since 2v25: who is this? */
  enquiry: 0x05,
  enter: 0x0a,
  /** First in a line: no echo of it, no result and no prompt. */
  quietLine: 0x10,
} as const;

/** Milliseconds without a byte. A prompt comes at once where one comes at all. */
const PROMPT_MS = 500;
const ENQUIRY_MS = 300;
/** For one evaluation. */
const ANSWER_MS = 2000;
/** The same in all, of a board that prints all the time. */
const MOST_PROMPT_MS = 1500;
const MOST_ANSWER_MS = 30_000;
/** After an error message, for marks that come all the same: the error was another program's. */
const AFTER_ERROR_MS = 300;
/** How long to look for a console by default: a board that was just reset is there within this time. */
const READY_MS = 5000;
/** Characters of what came instead, and of the expression, in an error. */
const HEARD = 60;
const SHOWN = 80;
/**
 * Characters of one statement. UNCERTAIN: a line is kept in the interpreter's variables, of which a board has 1600 or 1700
 * for everything; what finds no room is dropped without a word.
 */
const LONGEST_STATEMENT = 8000;

/** How to look for a console. */
export interface ReadyOptions {
  /** Milliseconds before giving up; 5 s by default. */
  readonly patienceMs?: number;
}

/** How to evaluate. */
export interface EvaluateOptions {
  /** Milliseconds without a byte before giving up; 2 s by default. */
  readonly timeoutMs?: number;
  /** Milliseconds before giving up whatever the board prints meanwhile; 30 s by default. */
  readonly mostMs?: number;
}

/**
 * One console. It owns the reading side of its transport until that ends.
 *
 * No banner is ever waited for: it does not come where echo is off or saved code was loaded.
 */
export class EspruinoConsole {
  readonly #transcript: Transcript;
  #number = 0;
  #echo: boolean | undefined;

  /** @param transport at the console's rate, 115200 unless the program has changed it */
  constructor(transport: Transport, clock: Clock, options: TranscriptOptions = {}) {
    this.#transcript = new Transcript(transport, clock, options);
  }

  get label(): string {
    return this.#transcript.label;
  }

  /** Whether the console echoes and shows its prompt; `undefined` before `ready`. */
  get echo(): boolean | undefined {
    return this.#echo;
  }

  /** What goes in and out, for what is built on a console. */
  get transcript(): Transcript {
    return this.#transcript;
  }

  /**
   * Gets the console to take a line, whatever it was at: half a line is given up, and where no prompt comes the console is
   * asked for an answer that needs none.
   * @throws FlasherError `console-no-answer`, `console-locked`, `port-lost`; the signal's reason
   */
  async ready({ patienceMs = READY_MS }: ReadyOptions = {}): Promise<void> {
    const { clock } = this.#transcript;
    const end = clock.now() + patienceMs;
    let heard = "";
    do {
      for (const key of [Key.enter, Key.interrupt, Key.interrupt]) {
        // What looks like a prompt may be another program's, or another firmware's.
        if ((await this.#promptAfter(key)) && (await this.#answers())) {
          this.#echo = true;
          return;
        }
        heard = this.#transcript.text || heard;
      }
      if (await this.#answers()) {
        // The first key may have come while the firmware was still starting.
        this.#echo = await this.#promptAfter(Key.enter);
        return;
      }
    } while (clock.now() < end);
    throw new FlasherError("console-no-answer", { label: this.label, heard: inWords(heard) });
  }

  /**
   * Ctrl-C: clears a half-typed line. A script that is running is interrupted only if it lets the firmware look at its input;
   * a loop without an end is not, on this chip.
   */
  async interrupt(): Promise<void> {
    await this.#transcript.type(Uint8Array.of(Key.interrupt));
  }

  /** Who it is, by one key on an empty line; `undefined` before 2v25, and where no Espruino listens. */
  async identify(): Promise<FirmwareId | undefined> {
    this.#transcript.forget();
    await this.#transcript.type(Uint8Array.of(Key.enquiry));
    const pattern = /Espruino (\d{1,2}v\d{2}(?:\.\d{1,6})?) (\w{1,40})\r?\n/;
    const match = await this.#transcript.until(
      (text) => pattern.exec(text) ?? undefined,
      ENQUIRY_MS,
      MOST_PROMPT_MS,
    );
    return match && { family: FirmwareFamily.espruino, build: match[2], version: match[1] };
  }

  /** Echo and prompt on or off, until the next reset. */
  async setEcho(on: boolean): Promise<void> {
    await this.#typeQuietly(`echo(${on ? 1 : 0})`);
    this.#echo = on;
    if (on) await this.#promptAfter(Key.enter);
  }

  /**
   * The value of an expression, by way of JSON; `undefined` where JSON has no word for it, as for a function. The console
   * shows nothing of it to its user.
   * @throws FlasherError `console-text-unfinished`, `console-text-control`, `console-text-too-long`; `console-eval-failed`
   *   with the board's own words; `console-eval-silent`, `console-eval-unanswered`, `console-eval-unreadable`, `port-lost`
   */
  async evaluate(
    expression: string,
    { timeoutMs = ANSWER_MS, mostMs = MOST_ANSWER_MS }: EvaluateOptions = {},
  ): Promise<JsonValue | undefined> {
    const number = await this.#ask(oneExpression(expression));
    const asked = expression.length > SHOWN ? `${expression.slice(0, SHOWN)}...` : expression;
    const outcome = await this.#transcript.until(
      (text) => betweenMarks(text, number) ?? ERROR.exec(text) ?? undefined,
      timeoutMs,
      mostMs,
    );
    if (typeof outcome === "string") return readAnswer(outcome, asked);
    if (outcome === undefined) {
      const heard = this.#transcript.text;
      await this.interrupt();
      if (heard !== "")
        throw new FlasherError("console-eval-unanswered", { expression: asked, heard: inWords(heard) });
      throw new FlasherError("console-eval-silent", { expression: asked, seconds: timeoutMs / 1000 });
    }
    const answer = await this.#transcript.until(
      (text) => betweenMarks(text, number),
      AFTER_ERROR_MS,
      MOST_PROMPT_MS,
    );
    if (answer !== undefined) return readAnswer(answer, asked);
    throw new FlasherError("console-eval-failed", { expression: asked, detail: outcome[1] });
  }

  /** Whether a prompt comes after a key. @throws FlasherError `console-locked` */
  async #promptAfter(key: number): Promise<boolean> {
    this.#transcript.forget();
    await this.#transcript.type(Uint8Array.of(key));
    const isLocked = await this.#transcript.until(
      (text) => {
        if (PASSWORD.test(text)) return true;
        return PROMPT.test(text) ? false : undefined;
      },
      PROMPT_MS,
      MOST_PROMPT_MS,
    );
    if (isLocked) throw new FlasherError("console-locked", { label: this.label });
    return isLocked === false;
  }

  async #answers(): Promise<boolean> {
    const number = await this.#ask("1");
    return (
      (await this.#transcript.until((text) => betweenMarks(text, number), PROMPT_MS, MOST_PROMPT_MS)) === "1"
    );
  }

  /** Asks for a value. @returns the number in its marks */
  async #ask(expression: string): Promise<number> {
    const number = ++this.#number;
    this.#transcript.forget();
    await this.#typeQuietly(markedLine(expression, number));
    return number;
  }

  #typeQuietly(line: string): Promise<void> {
    const bytes = utf8ToBytes(line);
    return this.#transcript.type(Uint8Array.of(Key.quietLine, ...bytes, Key.enter));
  }
}

/** An expression as it fits into a pair of brackets. */
function oneExpression(expression: string): string {
  const what = "The expression";
  checkKeys(expression, what);
  const statements = splitStatements(expression, what);
  // A comment at the end would hide the bracket behind it; comments in the middle are dropped with the line ends.
  const text = statements
    .map(({ text }) => text)
    .join("\n")
    .replace(/[\s;]+$/, "");
  if (text === "" || /\/\/[^\n]*$/.test(text))
    throw new FlasherError("console-text-unfinished", { what, line: 1 });
  checkLength(text, what, 1);
  return text;
}

/**
 * Refuses characters that a console takes for keys; tabs and line ends are none of them.
 * @throws FlasherError `console-text-control`
 */
export function checkKeys(text: string, what: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(text);
  if (found !== null) throw new FlasherError("console-text-control", { what, code: found[0].charCodeAt(0) });
}

/** Refuses a statement for which no board has room. @throws FlasherError `console-text-too-long` */
export function checkLength({ length }: string, what: string, line: number): void {
  if (length > LONGEST_STATEMENT)
    throw new FlasherError("console-text-too-long", { what, line, length, most: LONGEST_STATEMENT });
}

function inWords(heard: string): string {
  const readable = heard.replace(/[^\x20-\x7e]+/g, " ").trim();
  if (readable === "") return heard === "" ? "nothing was heard" : "only unreadable bytes were heard";
  return `“${readable.slice(-HEARD)}” was heard`;
}
