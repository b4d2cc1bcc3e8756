import { describe, expect, it } from "vitest";
import { TerminalFeed } from "./terminal-feed.js";

/** A terminal that is done with a text when the test says so. */
function opened() {
  const written: string[] = [];
  let done = () => {};
  const terminal = {
    write(text: string, then: () => void) {
      written.push(text);
      done = then;
    },
  };
  return { feed: new TerminalFeed(terminal, (lines) => `${lines} left out`), written, done: () => done() };
}

describe("text for a terminal", () => {
  it("goes one piece at a time, what came meanwhile together", () => {
    const { feed, written, done } = opened();
    for (const text of ["a", "b", "c"]) feed.push(text);
    expect(written).toEqual(["a"]);
    done();
    done();
    expect(written).toEqual(["a", "bc"]);
  });

  it("waits while it is paused", () => {
    const { feed, written } = opened();
    feed.isPaused = true;
    feed.push("a");
    expect(written).toEqual([]);
    feed.isPaused = false;
    expect(written).toEqual(["a"]);
  });

  it("keeps the end of a flood, from the start of a line, and says how much is missing", () => {
    const { feed, written } = opened();
    feed.isPaused = true;
    const line = `${"x".repeat(98)}\r\n`;
    for (let count = 0; count < 9000; count++) feed.push(line);
    feed.isPaused = false;
    const [said, ...lines] = written[0]!.trimStart().split("\r\n");
    const kept = lines.filter((text) => text !== "").length;
    expect([said, lines[0]]).toEqual([`-- ${9000 - kept} left out`, "x".repeat(98)]);
    expect(kept).toBeLessThan(4100);
  });
});
