/** What a terminal is to be given of a console: text, or bytes as numbers, with or without times. @module */
import type { ConsolePiece } from "@flashwright/core/console";
import { consoleText } from "./console-text.js";

/** How output is shown. */
export interface OutputView {
  /** Each line begins with the time at which its first character came. */
  readonly timestamps: boolean;
  /** Bytes as they came, in hex and ASCII, in place of text. */
  readonly hex: boolean;
}

const FAINT = "\x1b[2m";
const PLAIN = "\x1b[0m";
const PER_LINE = 16;

/** Keeps where the cursor is. */
export class TerminalOutput {
  view: OutputView = { timestamps: false, hex: false };
  #isInLine = false;
  #byteCount = 0;

  /** @param at milliseconds since 1970 */
  pieces(pieces: readonly ConsolePiece[], at: number): string {
    if (this.view.hex) return "";
    return pieces.map((piece) => this.#piece(piece, at)).join("");
  }

  /** @param at milliseconds since 1970 */
  bytes(chunk: Uint8Array, at: number): string {
    if (!this.view.hex) return "";
    let text = this.#breakLine();
    for (let start = 0; start < chunk.length; start += PER_LINE) {
      text += `${this.#stamp(at)}${this.#hexLine(chunk.subarray(start, start + PER_LINE))}\r\n`;
    }
    return text;
  }

  #piece(piece: ConsolePiece, at: number): string {
    const text = consoleText(piece);
    switch (piece.type) {
      case "back":
      case "clear":
        return text;
      case "text": {
        const start = this.#isInLine ? "" : this.#stamp(at);
        this.#isInLine = true;
        return start + text;
      }
      case "line": {
        const start = this.#isInLine ? "" : this.#stamp(at);
        this.#isInLine = false;
        return start + text;
      }
      default:
        return text === "" ? "" : this.#breakLine() + this.#stamp(at) + text;
    }
  }

  #hexLine(bytes: Uint8Array): string {
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
    const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."));
    const count = this.#byteCount.toString(16).padStart(6, "0");
    this.#byteCount = (this.#byteCount + bytes.length) % 0x100_0000;
    const columns = `${hex.slice(0, 8).join(" ")}  ${hex.slice(8).join(" ")}`;
    return `${FAINT}${count}${PLAIN}  ${columns.padEnd(PER_LINE * 3)}  ${text.join("")}`;
  }

  #breakLine(): string {
    if (!this.#isInLine) return "";
    this.#isInLine = false;
    return "\r\n";
  }

  #stamp(at: number): string {
    return this.view.timestamps ? `${FAINT}${clockTime(at)}${PLAIN} ` : "";
  }
}

/** `20:15:07.123`, in the time of this computer. @param at milliseconds since 1970 */
export function clockTime(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${time}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
