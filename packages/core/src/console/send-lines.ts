/**
 * Types a text line by line into a console that is no Espruino's.
 *
 * @module
 */
import { latin1 } from "../latin1.js";
import type { Transcript } from "./transcript.js";

/** How lines are sent. */
export interface SendLinesOptions {
  /** What ends a line: CR, LF or both. */
  readonly ending: "\r" | "\n" | "\r\n";
  /** Called after each line that was typed. */
  readonly onLine?: (done: number, count: number) => void;
}

/** What became of the lines. */
export interface SentLines {
  readonly count: number;
}

/** Milliseconds without a byte after which a line is taken to be done, where no answer tells. */
const IDLE_MS = 250;
/** Milliseconds after which the next line is typed whatever the board prints. */
const MOST_MS = 5000;
/** A prompt behind the answer, or a word of AT firmware that ends one. */
const READY = /(?:^|[\r\n])(?:>{1,3} ?|\.{3} ?)$|(?:^|[\r\n])(?:OK|ERROR|FAIL|SEND OK)\r?\n$/;

/**
 * Types the lines. Each waits for a prompt, for the end of an AT command's answer, or for silence, so that no buffer of the
 * board overflows.
 * @param source UTF-8 or any other extension of ASCII
 * @throws FlasherError `port-lost`, `port-closed`; the signal's reason
 */
export async function sendLines(
  transcript: Transcript,
  source: Uint8Array,
  { ending, onLine = () => {} }: SendLinesOptions,
): Promise<SentLines> {
  const lines = latin1(source).replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  for (const [index, line] of lines.entries()) {
    transcript.forget();
    await transcript.type(Uint8Array.from(line + ending, (character) => character.charCodeAt(0)));
    await transcript.until((heard) => (READY.test(heard) ? true : undefined), IDLE_MS, MOST_MS);
    onLine(index + 1, lines.length);
  }
  return { count: lines.length };
}
