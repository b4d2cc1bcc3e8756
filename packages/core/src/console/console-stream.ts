/**
 * A board's console as it can be shown: safe text, and remarks on what it means.
 *
 * @module
 */
import type { BootDialect } from "../boot/boot-dialect.js";
import type { BootEvent } from "../boot/boot-event.js";
import { BootLogParser } from "../boot/boot-log.js";
import { BootNotes, type ConsoleNote } from "./boot-notes.js";
import type { LineStep } from "./line-model.js";
import type { FindSymbol } from "./symbols.js";
import { TerminalText } from "./terminal-text.js";

/** What is shown next. Notes come between lines, or where nothing has come for a while. */
export type ConsolePiece = LineStep | ConsoleNote;

/** How a stream is read. */
export interface ConsoleStreamOptions {
  /** The chip's way to report its start. */
  readonly dialect: BootDialect;
  /** Names for the addresses in a crash report. */
  readonly findSymbol?: FindSymbol;
  /** Called with each boot message when its line is over. */
  readonly onBoot?: (event: BootEvent) => void;
}

const LINE_FEED = 0x0a;
/** Notes that wait for the end of a line; a program that never ends one gets no more. */
const MOST_WAITING = 20;

/**
 * An incremental reader, of bounded memory however long the console runs. Chunks may be cut anywhere.
 *
 * No piece holds a control character: what steers a terminal is left out, the rest is made visible (`^G`), bytes that are no
 * UTF-8 become U+FFFD, and a tab becomes spaces.
 */
export class ConsoleStream {
  readonly #text = new TerminalText();
  readonly #boot: BootLogParser;
  readonly #notes: BootNotes;
  readonly #onBoot: (event: BootEvent) => void;
  #waiting: ConsoleNote[] = [];

  constructor({ dialect, findSymbol, onBoot = () => {} }: ConsoleStreamOptions) {
    this.#boot = new BootLogParser(dialect);
    this.#notes = new BootNotes(dialect, findSymbol);
    this.#onBoot = onBoot;
  }

  /** The line that is not over yet. */
  get openLine(): string {
    return this.#text.openLine;
  }

  /** What a chunk shows. */
  push(chunk: Uint8Array): ConsolePiece[] {
    const pieces: ConsolePiece[] = [];
    for (const part of splitAfterLines(chunk)) {
      pieces.push(...this.#text.push(part));
      this.#see(this.#boot.push(part));
      if (this.#text.openLine === "") pieces.push(...this.#takeNotes());
    }
    return pieces;
  }

  /** What is held back for its rest: call it when nothing has come for a while, and at the end. */
  flush(): ConsolePiece[] {
    const steps = this.#text.flush();
    this.#see(this.#boot.flush());
    return [...steps, ...this.#takeNotes()];
  }

  #see(events: readonly BootEvent[]): void {
    for (const event of events) {
      this.#onBoot(event);
      this.#waiting = [...this.#waiting, ...this.#notes.see(event)].slice(0, MOST_WAITING);
    }
  }

  #takeNotes(): ConsoleNote[] {
    const notes = this.#waiting;
    this.#waiting = [];
    return notes;
  }
}

function splitAfterLines(chunk: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < chunk.length; ) {
    const end = chunk.indexOf(LINE_FEED, start) + 1 || chunk.length;
    parts.push(chunk.subarray(start, end));
    start = end;
  }
  return parts;
}
