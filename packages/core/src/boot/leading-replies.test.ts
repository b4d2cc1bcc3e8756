import { describe, expect, it } from "vitest";
import { LeadingReplies } from "./leading-replies.js";

const REPLY = [0xc0, 1, 6, 2, 0, 7, 7, 0x12, 0x20, 0, 0, 0xc0];
const text = (words: string): number[] => [...new TextEncoder().encode(words)];

/** What passes of these chunks. */
function passed(...chunks: readonly (readonly number[])[]): number[] {
  const replies = new LeadingReplies();
  return chunks.flatMap((chunk) => [...replies.strip(new Uint8Array(chunk))]);
}

describe("replies in front of a program's text", () => {
  it("are taken off, in one chunk with the text or in any pieces", () => {
    const bytes = [...REPLY, ...REPLY, ...text("load 0x40100000")];
    expect(passed(bytes)).toEqual(text("load 0x40100000"));
    expect(passed(...bytes.map((byte) => [byte]))).toEqual(text("load 0x40100000"));
  });

  it("are no longer looked for once the text has begun", () => {
    expect(passed(text("ets"), REPLY)).toEqual([...text("ets"), ...REPLY]);
    expect(passed([...text("e"), ...REPLY])).toEqual([...text("e"), ...REPLY]);
  });

  it("are not looked for in what is too long for one: it passes whole", () => {
    const long = [0xc0, ...text("a line of text that a stray delimiter stands before")];
    expect(passed(long)).toEqual(long);
    expect(passed(...long.map((byte) => [byte]))).toEqual(long);
  });

  it("may have one delimiter too many between them", () => {
    expect(passed([0xc0, ...REPLY, ...text("x")])).toEqual(text("x"));
  });
});
