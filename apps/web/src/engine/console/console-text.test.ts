import { describe, expect, it } from "vitest";
import { consoleText } from "./console-text.js";

describe("a console's pieces on a terminal", () => {
  it("are text, steps back and ends of lines", () => {
    expect(consoleText({ type: "text", text: ">print(1)" })).toBe(">print(1)");
    expect(consoleText({ type: "back", columns: 2 })).toBe("\b\b");
    expect(consoleText({ type: "clear", columns: 2 })).toBe("  \b\b");
    expect(consoleText({ type: "line", line: "x", isCut: false })).toBe("\r\n");
  });

  it("are marked where they are the page's own, without options of the command line", () => {
    const params = { verdict: "x" };
    const note = consoleText({ type: "note", code: "console-noise", params });
    expect(note.startsWith("\r\x1b[36m-- ") && note.endsWith("\x1b[0m\r\n")).toBe(true);
    expect(note).not.toContain("--boot-log");
    expect(
      consoleText({ type: "exception", cause: 28, name: "LoadProhibited", meaning: "a read", registers: [] }),
    ).toBe("\r\x1b[31m-- Exception 28, LoadProhibited: a read.\x1b[0m\r\n");
  });
});
