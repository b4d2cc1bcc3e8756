/**
 * Types a script into Espruino's console, statement by statement.
 *
 * @module
 */
import { FlasherError, isFlasherError } from "../errors.js";
import { latin1 } from "../latin1.js";
import { checkKeys, checkLength, type EspruinoConsole } from "./espruino-console.js";
import { ERROR, PROMPT } from "./espruino-text.js";
import { type ScriptStatement, splitStatements } from "./statements.js";

/** A statement that failed. */
export interface StatementError {
  /** Line of the statement's beginning in the script, from 1. */
  readonly line: number;
  /** The board's own words: `ReferenceError: "x" is not defined`. */
  readonly text: string;
}

/** What became of a script. */
export interface SentScript {
  readonly count: number;
  /** Statements that failed; the others were executed all the same. */
  readonly errors: readonly StatementError[];
}

/** How a script is sent. */
export interface SendOptions {
  /** For errors. */
  readonly name: string;
  /** Called after each statement. */
  readonly onStatement?: (done: number, count: number) => void;
}

/** Milliseconds without a byte after which a statement is taken to have no end. */
const STATEMENT_MS = 10_000;
/** Milliseconds after which it is, whatever it prints. */
const MOST_STATEMENT_MS = 120_000;
/** Errors that are kept. */
const MOST_ERRORS = 20;

/** ESC LF begins a new line of the same statement, also where the brackets are closed. */
const NEXT_LINE = "\x1b\n";

/**
 * Sends a script. Each statement waits for the prompt after the one before, so that no buffer of the board overflows and
 * every error belongs to its line.
 * @param source UTF-8 or any other extension of ASCII
 * @throws FlasherError `console-text-unfinished`, `console-text-control`, `console-text-too-long`, before anything is sent; `console-send-stalled`,
 *   those of `EspruinoConsole.ready`
 */
export async function sendScript(
  console: EspruinoConsole,
  source: Uint8Array,
  { name, onStatement = () => {} }: SendOptions,
): Promise<SentScript> {
  const text = latin1(source);
  checkKeys(text, name);
  const statements = splitStatements(text, name);
  for (const { text, line } of statements) checkLength(text, name, line);
  if (console.echo === undefined) await console.ready();
  const wasQuiet = console.echo === false;
  if (wasQuiet) await console.setEcho(true);
  const errors: StatementError[] = [];
  for (const [index, statement] of statements.entries()) {
    const error = await sendStatement(console, statement, name);
    if (error !== undefined && errors.length < MOST_ERRORS)
      errors.push({ line: statement.line, text: error });
    onStatement(index + 1, statements.length);
  }
  if (wasQuiet) await console.setEcho(false);
  return { count: statements.length, errors };
}

/** @returns the error that it has thrown */
async function sendStatement(
  console: EspruinoConsole,
  { text, line }: ScriptStatement,
  name: string,
): Promise<string | undefined> {
  const { transcript } = console;
  transcript.forget();
  const typed = `${text.replaceAll("\n", NEXT_LINE)}\n`;
  await transcript.type(Uint8Array.from(typed, (character) => character.charCodeAt(0)));
  const answer = await transcript.until(
    (heard) => (PROMPT.test(heard) ? heard : undefined),
    STATEMENT_MS,
    MOST_STATEMENT_MS,
  );
  if (answer === undefined) {
    // A restart that loads saved code shows no prompt.
    await console.ready().catch((error: unknown) => {
      if (!isFlasherError(error, "console-no-answer")) throw error;
      throw new FlasherError("console-send-stalled", { line, name }, { cause: error });
    });
  }
  return ERROR.exec(answer ?? "")?.[1];
}
