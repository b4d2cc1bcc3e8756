import { describe, expect, it } from "vitest";
import { clean, shortSize, table, wrap } from "./text.js";

describe("text from outside", () => {
  it("keeps what can be read", () => {
    expect(clean("CP2102 “Zürich” 東京")).toBe("CP2102 “Zürich” 東京");
  });

  it.each([
    ["a colour", "\x1b[31mred\x1b[0m", "red"],
    ["a window title", "\x1b]0;owned\x07name", "name"],
    ["a line that overwrites", "good\rbad\n\b", "goodbad"],
    ["C1 controls", "a\x9b2Jb", "a2Jb"],
    ["marks that turn the direction", "a\u202etxt.nib", "atxt.nib"],
  ])("loses %s", (_, hostile, harmless) => {
    expect(clean(hostile)).toBe(harmless);
  });
});

describe("layout", () => {
  it("shows sizes in the largest whole unit", () => {
    expect([0x400000, 0x1000, 3856, 0, 0x100001].map(shortSize)).toEqual([
      "4 MB",
      "4 KB",
      "3856 B",
      "0 B",
      "1048577 B",
    ]);
  });

  it("puts columns under each other", () => {
    expect(
      table(
        [
          ["a", "1", "x"],
          ["bbb", "22", "y"],
        ],
        [1],
      ),
    ).toEqual(["a     1  x", "bbb  22  y"]);
  });

  it("breaks at spaces, indents, and keeps a long word whole", () => {
    expect(wrap(" one two three", 8, 2)).toEqual([" one two", "  three"]);
    expect(wrap("abcdefghij k", 4, 0)).toEqual(["abcdefghij", "k"]);
  });
});
