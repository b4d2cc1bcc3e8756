/**
 * A board's console as it can be shown: safe text, and remarks on what it means.
 *
 * @module
 */
import type { BootDialect } from "../boot/boot-dialect.js";
import type { BootEvent } from "../boot/boot-event.js";
import { BootLogParser } from "../boot/boot-log.js";
import { BootNoise, type OutputPart } from "./boot-noise.js";
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
  /**
   * bit/s of the console and of the boot ROM's text. Where the first is higher, that text is not shown as the noise that it
   * is but counted. Without them everything is shown.
   */
  readonly rates?: ConsoleRates;
  /** Names for the addresses in a crash report. */
  readonly findSymbol?: FindSymbol;
  /** Called with each boot message when its line is over. */
  readonly onBoot?: (event: BootEvent) => void;
  /** Called with each note as it arises, in order with `onBoot`; among the pieces it may come later. */
  readonly onNote?: (note: ConsoleNote) => void;
}

/** bit/s. */
export interface ConsoleRates {
  readonly console: number;
  readonly bootRom: number;
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
  readonly #onNote: (note: ConsoleNote) => void;
  #noise: BootNoise;
  #bootRate: number;
  #waiting: ConsoleNote[] = [];

  constructor({ dialect, findSymbol, onBoot = () => {}, onNote = () => {}, rates }: ConsoleStreamOptions) {
    this.#bootRate = rates?.bootRom ?? 1;
    this.#noise = new BootNoise(this.#bootRate, rates?.console ?? 1);
    this.#boot = new BootLogParser(dialect);
    this.#notes = new BootNotes(dialect, findSymbol);
    this.#onBoot = onBoot;
    this.#onNote = onNote;
  }

  /** The line that is not over yet. */
  get openLine(): string {
    return this.#text.openLine;
  }

  /** Whether the latest bytes are the boot ROM's text at another rate. */
  get hearsBootText(): boolean {
    return this.#noise.isNoise;
  }

  /** The console goes on at another rate. @returns what is held back of what came before */
  changeRates({ console, bootRom }: ConsoleRates): ConsolePiece[] {
    const pieces = this.#noise.flush().flatMap((part) => this.#show(part));
    this.#bootRate = bootRom;
    this.#noise = new BootNoise(bootRom, console);
    return pieces;
  }

  /**
   * What a chunk shows.
   * @param sinceMs milliseconds since the chunk before; a pause tells where the boot ROM's text is over
   */
  push(chunk: Uint8Array, sinceMs = 0): ConsolePiece[] {
    return this.#noise.push(chunk, sinceMs).flatMap((part) => this.#show(part));
  }

  /** What is held back for its rest: call it when nothing has come for a while, and at the end. */
  flush(): ConsolePiece[] {
    const before = this.#noise.flush().flatMap((part) => this.#show(part));
    const steps = this.#text.flush();
    this.#see(this.#boot.flush());
    return [...before, ...steps, ...this.#takeNotes()];
  }

  #show(part: OutputPart): ConsolePiece[] {
    return part.type === "output" ? this.#output(part.bytes) : this.#countedNoise(part.byteCount);
  }

  #output(bytes: Uint8Array): ConsolePiece[] {
    const pieces: ConsolePiece[] = [];
    for (const part of splitAfterLines(bytes)) {
      pieces.push(...this.#text.push(part));
      this.#see(this.#boot.push(part));
      if (this.#text.openLine === "") pieces.push(...this.#takeNotes());
    }
    return pieces;
  }

  /** A reset ends the line that was being written. */
  #countedNoise(byteCount: number): ConsolePiece[] {
    const before = [...this.#text.flush(), ...this.#text.endLine()];
    this.#see(this.#boot.flush());
    const params = { baudRate: this.#bootRate, byteCount };
    const counted: ConsoleNote = { type: "note", code: "console-boot-noise", params };
    this.#onNote(counted);
    return [...before, ...this.#takeNotes(), counted];
  }

  #see(events: readonly BootEvent[]): void {
    for (const event of events) {
      this.#onBoot(event);
      const notes = this.#notes.see(event);
      notes.forEach(this.#onNote);
      this.#waiting = [...this.#waiting, ...notes].slice(0, MOST_WAITING);
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
