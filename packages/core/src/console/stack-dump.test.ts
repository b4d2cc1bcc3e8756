import { describe, expect, it } from "vitest";
import { StackDump } from "./stack-dump.js";

/** What comes of each line that says something. */
const read = (...lines: string[]) => {
  const dump = new StackDump();
  return lines.flatMap((line) => dump.read(line) ?? []);
};

const HEAD = [">>>stack>>>", "", "ctx: cont", "sp: 3ffffdc0 end: 3fffffc0 offset: 0190"];

describe("a dumped stack", () => {
  it("gives the words that lie in code, top first, each once", () => {
    const words = read(
      "3fffff40:  40201000 40201000 40201000 40201000",
      ...HEAD,
      "3fffff50:  00000000 3ffe8594 40201d3e 40100a5c",
      "3fffff60:  40201d3e 402fffff 40300000 4000df00 <",
      "3fffff70:  feefeffe 40110000 40010000 4010bfff",
      "<<<stack<<<",
      "3fffff80:  40201000 40201000 40201000 40201000",
    );
    expect(words).toEqual([0x40201d3e, 0x40100a5c, 0x402fffff, 0x4000df00, 0x4010bfff]);
  });

  it("says nothing until its end, nor where the end does not come", () => {
    expect(read(...HEAD, "3fffff50:  40201d3e 40100a5c 00000000 00000000")).toEqual([]);
    const others = Array.from({ length: 9 }, () => "hello");
    expect(read(...HEAD, "3fffff50:  40201d3e 40100a5c 0 0", ...others, "<<<stack<<<")).toEqual([]);
  });

  it("is bounded", () => {
    const lines = Array.from({ length: 2000 }, (_, i) => `3fff0000:  ${(0x40200000 + i).toString(16)}`);
    expect(read(">>>stack>>>", ...lines, "<<<stack<<<")).toHaveLength(256);
  });
});
