/** A console on a screen, in a pipe and in a log. @module */
import { formatStatement } from "@flashwright/core";
import type { ConsoleNote, ConsolePiece } from "@flashwright/core/console";
import type { Colours } from "../view/colour.js";
import { isCountedNoise, noteLines } from "../view/console-lines.js";
import type { TextStream } from "../world.js";

/** What a screen needs. */
export interface ScreenParts {
  readonly stream: TextStream;
  readonly colours: Colours;
  readonly width: number;
  /** Puts the time in front of each line. */
  readonly timestamps: boolean;
  readonly now: () => Date;
  /** Takes whole lines. */
  readonly log: ((line: string) => void) | undefined;
}

/**
 * Shows pieces as they come where somebody looks on, and whole lines everywhere else. What it writes to a stream beside
 * text is CR, LF, BS and colour of its own.
 */
export class ConsoleScreen {
  readonly #parts: ScreenParts;
  readonly #isLive: boolean;
  /** Whether the cursor stands behind something. */
  #inLine = false;
  #lineStart: string | undefined;

  constructor(parts: ScreenParts) {
    this.#parts = parts;
    this.#isLive = parts.stream.isTTY === true;
  }

  show(pieces: readonly ConsolePiece[]): void {
    for (const piece of pieces) this.#show(piece);
  }

  /** A line of this program's own, beside the board's. */
  say(line: string): void {
    this.#breakLine();
    this.#parts.stream.write(`${line}\n`);
  }

  /** The board has gone quiet in the middle of a line, for good. */
  finish(openLine: string): void {
    if (openLine === "") return;
    if (this.#isLive) this.#breakLine();
    else this.#parts.stream.write(`${this.#stamp()}${openLine}\n`);
    this.#parts.log?.(`${this.#stamp()}${openLine}`);
    this.#lineStart = undefined;
  }

  #show(piece: ConsolePiece): void {
    switch (piece.type) {
      case "text":
        this.#lineStart ??= this.#time();
        this.#live(this.#inLine ? piece.text : this.#stamp() + piece.text);
        this.#inLine = true;
        break;
      case "back":
        this.#live("\b".repeat(piece.columns));
        break;
      case "clear":
        this.#live(" ".repeat(piece.columns) + "\b".repeat(piece.columns));
        break;
      case "line":
        this.#endLine(piece.line);
        break;
      default:
        this.#remark(piece);
    }
  }

  #remark(note: ConsoleNote): void {
    for (const line of noteLines(note, this.#parts.width, this.#parts.colours)) this.say(line);
    // What is not shown as lines leaves its trace in the log.
    if (isCountedNoise(note)) this.#parts.log?.(`${this.#stamp()}${formatStatement(note)}`);
  }

  #endLine(line: string): void {
    const whole = `${this.#stamp()}${line}`;
    this.#parts.log?.(whole);
    if (!this.#isLive) this.#parts.stream.write(`${whole}\n`);
    else this.#parts.stream.write(this.#inLine ? "\n" : `${this.#stamp()}\n`);
    this.#inLine = false;
    this.#lineStart = undefined;
  }

  #breakLine(): void {
    if (this.#inLine) this.#live("\n");
    this.#inLine = false;
  }

  #live(text: string): void {
    if (this.#isLive) this.#parts.stream.write(text);
  }

  /** When the line began. */
  #stamp(): string {
    return this.#parts.timestamps ? `[${this.#lineStart ?? this.#time()}] ` : "";
  }

  #time(): string {
    return this.#parts.timestamps ? this.#parts.now().toISOString().slice(11, 23) : "";
  }
}
