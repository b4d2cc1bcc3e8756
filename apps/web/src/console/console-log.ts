/** Lines of a console, kept for a log. @module */
import type { LoggedLine } from "../engine/engine.js";

/** Characters that are kept: days of a calm board, minutes of one that floods. */
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** What is dropped at once. */
const DROPPED_PART = 0.1;
/** Characters of a piece: short work for the page. */
const PIECE_CHARACTERS = 0x8000;

/** A log of bounded size. */
export class ConsoleLog {
  #lines: LoggedLine[] = [];
  #size = 0;
  #dropped = 0;

  /** @param missingText says that so many lines are gone */
  constructor(
    readonly missingText: (lines: number) => string,
    readonly most = MOST_CHARACTERS,
  ) {}

  /** Lines that are no longer kept. */
  get dropped(): number {
    return this.#dropped;
  }

  add(lines: readonly LoggedLine[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#size += line.text.length + 1;
    }
    if (this.#size > this.most) this.#drop();
  }

  /** All that is kept just now, in pieces of text. */
  pieces(hasTimes: boolean): Iterable<string> {
    const missing = this.#dropped === 0 ? [] : [`-- ${this.missingText(this.#dropped)}\n`];
    return textPieces(missing, [...this.#lines], hasTimes);
  }

  #drop(): void {
    const goal = this.most * (1 - DROPPED_PART);
    let count = 0;
    while (this.#size > goal && count < this.#lines.length)
      this.#size -= this.#lines[count++]!.text.length + 1;
    this.#lines.splice(0, count);
    this.#dropped += count;
  }
}

/** Lines as a file has them, with the time in UTC where that is wanted. */
export function logText(lines: readonly LoggedLine[], hasTimes: boolean): string {
  return lines
    .map(({ at, text }) => `${hasTimes ? `[${new Date(at).toISOString()}] ` : ""}${text}\n`)
    .join("");
}

function* textPieces(
  before: readonly string[],
  lines: readonly LoggedLine[],
  hasTimes: boolean,
): Generator<string> {
  yield* before;
  let start = 0;
  let size = 0;
  for (const [index, { text }] of lines.entries()) {
    size += text.length + 1;
    if (size < PIECE_CHARACTERS && index + 1 < lines.length) continue;
    yield logText(lines.slice(start, index + 1), hasTimes);
    start = index + 1;
    size = 0;
  }
}
