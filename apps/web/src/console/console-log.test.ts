import { describe, expect, it } from "vitest";
import { ConsoleLog, logText } from "./console-log.js";
import { gatherPieces } from "./log-pieces.js";

const lines = ["one", "two"].map((text, index) => ({ at: Date.UTC(2026, 10, 28, 20, 15, index), text }));

describe("a log", () => {
  it("is its lines, with times where they are wanted", () => {
    expect(logText(lines, false)).toBe("one\ntwo\n");
    expect(logText(lines, true)).toBe("[2026-11-28T20:15:00.000Z] one\n[2026-11-28T20:15:01.000Z] two\n");
  });

  it("is bounded, and says how many lines are gone", () => {
    const log = new ConsoleLog((lines) => `${lines} gone`, 100);
    for (let index = 0; index < 100; index++) log.add([{ at: 0, text: "123456789" }]);
    expect(log.dropped).toBeGreaterThan(85);
    const [first, ...rest] = [...log.pieces(false)].join("").trimEnd().split("\n");
    expect([first, rest.length]).toEqual([`-- ${log.dropped} gone`, 100 - log.dropped]);
  });

  it("comes in pieces, none of which is long work for the page", async () => {
    const log = new ConsoleLog(String);
    const lines = Array.from({ length: 10_000 }, (_, at) => ({
      at,
      text: `line ${at}, and what else there was`,
    }));
    log.add(lines);
    const pieces = [...log.pieces(true)];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(0x1_0000);
    expect(await (await gatherPieces(pieces)).text()).toBe(logText(lines, true));
  });

  it("without a line is empty", () => {
    expect([...new ConsoleLog(String).pieces(false)]).toEqual([]);
  });
});
