import type { ConsolePiece } from "@flashwright/core/console";
import { describe, expect, it } from "vitest";
import { clockTime, TerminalOutput } from "./terminal-output.js";

const at = new Date(2026, 10, 28, 20, 15, 7, 23).getTime();
const text = (text: string): ConsolePiece => ({ type: "text", text });
const line: ConsolePiece = { type: "line", line: "", isCut: false };
const note: ConsolePiece = { type: "note", code: "console-rate-switched", params: { baudRate: 115_200 } };
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is left out
const plain = (output: string) => output.replace(/\x1b\[\d+m/g, "");

function output(view: Partial<TerminalOutput["view"]>) {
  const made = new TerminalOutput();
  made.view = { timestamps: false, hex: false, ...view };
  return made;
}

describe("output for a terminal", () => {
  it("puts the time in front of each line, once", () => {
    const shown = output({ timestamps: true }).pieces([text(">1"), text("2"), line, line, text("=")], at);
    expect(plain(shown)).toBe("20:15:07.023 >12\r\n20:15:07.023 \r\n20:15:07.023 =");
  });

  it("begins a line of its own for a remark, and writes over nothing", () => {
    expect(plain(output({}).pieces([text(">"), note, text("x")], at))).toBe(
      ">\r\n\r-- From here on at 115200.\r\nx",
    );
  });

  it("shows bytes in place of text, counted", () => {
    const made = output({ hex: true });
    expect(made.pieces([text("abc")], at)).toBe("");
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x5b + index);
    expect(plain(made.bytes(bytes, at))).toBe(
      "000000  5b 5c 5d 5e 5f 60 61 62  63 64 65 66 67 68 69 6a  [\\]^_`abcdefghij\r\n" +
        `000010  6b 6c${" ".repeat(45)}kl\r\n`,
    );
  });

  it("knows the time of day", () => {
    expect(clockTime(at)).toBe("20:15:07.023");
  });
});
