import { readFileSync } from "node:fs";
import type { Transport } from "@flashwright/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { bound, keyboard } from "./console.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();

/** What steers, hides or reorders, and letters with which it can be completed. */
const PIECES: readonly string[] = [
  ..."\x00\x01\x05\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x11\x13\x18\x1a\x1b\x1c\x7f",
  "\x1b[",
  "\x1b]0;",
  "\x1b]52;c;",
  "\x1b]8;;http://x\x1b\\",
  "\x1bP+q",
  "\x1bX",
  "\x1b^",
  "\x1b_G",
  "\x1b#8",
  "\x1b(0",
  "\x1bc",
  "\x1b[?1049h",
  "\x1b[6n",
  "\x1b[>c",
  "\x1b[21t",
  "\x1b[2J",
  "\x1b[1;1H",
  "\x1b[99A",
  "\x1b[99D",
  "\x1b[8m",
  "\x1b\\",
  "\u0085",
  "\u0090",
  "\u009b2J",
  "\u009d0;t\u009c",
  "\u202e",
  "\u2066",
  "\u2069",
  "\u200b",
  "\u200d",
  "\ufeff",
  "\u061c",
  "\u00ad",
  "\u2028",
  "\u2029",
  "\u3164",
  "\u0301",
  "e\u0301\u0302\u0303\r",
  "\u{e0041}",
  "\u{10fffd}",
  ..."01;?mHJKABCDRc[]x ",
];
const RAW_BYTES = [
  0x80, 0x84, 0x85, 0x8e, 0x90, 0x98, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xc2, 0xe2, 0xed, 0xa0, 0xf4, 0xff,
];

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...PIECES).map((text) => [...Buffer.from(text)]),
      fc.constantFrom(...RAW_BYTES).map((byte) => [byte]),
    ),
    {
      minLength: 1,
      maxLength: 80,
    },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

/** Runs a console on a port that says these bytes and then is silent. */
async function runOn(said: Uint8Array, step: number, isTTY: boolean, ...options: string[]) {
  const desk = createDesk();
  const chunks = Array.from({ length: Math.ceil(said.length / step) }, (_, i) =>
    said.subarray(i * step, (i + 1) * step),
  );
  const openTransport = async (): Promise<Transport> => {
    const port = desk.board.reconnect();
    return { ...bound(port), read: async () => chunks.shift() ?? port.read() };
  };
  const run = await desk.runIn(
    { isTTY, openTransport, openKeyboard: keyboard(false, " ") },
    "console",
    ...options,
  );
  expect(run.code).toBe(0);
  return run;
}

/** This program's own colours: whole sequences with nothing but numbers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const COLOURS = /\x1b\[\d{1,2}m/g;
const ACTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

describe("what a hostile board sends", () => {
  it("does not steer the terminal of a person, or reach back over a time", async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.integer({ min: 1, max: 9 }), async (said, step) => {
        const run = await runOn(said, step, true, "--timestamps");
        expect(run.stdout.replace(COLOURS, "").replace(/[\n\b]/g, "")).not.toMatch(ACTIVE);
        for (const line of run.stdout.replace(COLOURS, "").split("\n")) {
          const stamp = /^\[[\d:.]{12}\] /.exec(line)?.[0] ?? "";
          expect(leftmost(line.slice(stamp.length))).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each([[[]], [["--timestamps"]], [["--json"]]])(
    "does not get into a pipe or a log, with %j",
    async (options) => {
      let number = 0;
      await fc.assert(
        fc.asyncProperty(hostile, fc.integer({ min: 1, max: 9 }), async (said, step) => {
          const log = files.path(`hostile-${options.join("")}-${number++}.log`);
          const run = await runOn(said, step, false, "--log", log, ...options);
          expect(run.stdout.replaceAll("\n", "")).not.toMatch(ACTIVE);
          expect(readFileSync(log, "utf8").replaceAll("\n", "")).not.toMatch(ACTIVE);
        }),
        { numRuns: 60 },
      );
    },
  );

  it("is passed on by --raw as it is", async () => {
    const said = Buffer.from("\x1b]0;mine\x07\x1b[2J\u202eok");
    const run = await runOn(said, 3, true, "--raw");
    expect(run.stdout).toContain("\x1b]0;mine\x07\x1b[2J\u202eok");
  });
});

/** The furthest to the left that the cursor gets, in columns from where it began; marks take none. */
function leftmost(line: string): number {
  let [cursor, least] = [0, 0];
  for (const character of line) {
    if (character === "\b") cursor--;
    else if (!/\p{Mn}/u.test(character)) cursor++;
    least = Math.min(least, cursor);
  }
  return least;
}
