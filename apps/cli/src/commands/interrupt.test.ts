/** Ctrl-C at many moments of every command that works on a board. */
import { describe, expect, it } from "vitest";
import { bootImage, noise } from "../../../../test/support/content.js";
import { createDesk, type Desk } from "../cli.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const boot = files.write("boot.bin", bootImage());
const data = files.write("data.bin", noise(0x9000, 4));
const content = noise(0x20000, 6);

const UNTOUCHED = ["cancelled-untouched"];
const CHANGED = ["cancelled-untouched", "cancelled-partial", "cancelled-unverified", "cancelled-complete"];

const commands: readonly (readonly [argv: readonly string[], states: readonly string[]])[] = [
  [["info"], UNTOUCHED],
  [["read", "0", "0x20000", files.path("dump.bin")], UNTOUCHED],
  [["backup", files.path("backup.zip")], UNTOUCHED],
  [["verify", "0x10000", data], UNTOUCHED],
  [["map"], UNTOUCHED],
  [["doctor"], UNTOUCHED],
  [["plan", "0", boot, "0x10000", data], UNTOUCHED],
  [["flash", "0", boot, "0x10000", data], CHANGED],
  [["erase", "0x3000", "0x4000", "--yes"], CHANGED],
  [["erase", "--yes"], CHANGED],
  [["restore", files.path("made.zip"), "--yes"], CHANGED],
];

/** A view that counts lines of events and presses Ctrl-C behind one of them. */
async function interrupted(desk: Desk, argv: readonly string[], line: number) {
  let seen = 0;
  const stdout = {
    text: "",
    write(text: string) {
      this.text += text;
      if (++seen === line) desk.interrupt();
      return true;
    },
  };
  const run = await desk.runIn({ stdout }, ...argv, "--json");
  const events = stdout.text
    .split("\n")
    .slice(0, -1)
    .map((one) => JSON.parse(one) as { type: string; code?: string });
  return { code: run.code, events };
}

describe("Ctrl-C", () => {
  it.each(commands.map((row) => [row[0][0], ...row] as const))(
    "in `%s` leaves a chip that can be connected to, and says what state the flash is in",
    async (_, argv, states) => {
      const maker = createDesk({ flash: content });
      expect((await maker.run("backup", files.path("made.zip"))).code).toBe(0);
      const { events } = await interrupted(createDesk({ flash: content }), argv, -1);
      const step = Math.max(1, Math.floor(events.length / 6));
      for (let line = 1; line < events.length; line += step) {
        const desk = createDesk({ flash: content });
        const run = await interrupted(desk, argv, line);
        // What was done already when the key was pressed is done.
        if (run.code !== 130) expect([line, run.events.at(-1)?.type]).not.toEqual([line, "cancelled"]);
        else {
          expect([line, run.events.at(-1)?.type]).toEqual([line, "cancelled"]);
          expect(states).toContain(run.events.at(-2)?.code);
        }
        expect([line, (await desk.run("info")).code]).toEqual([line, 0]);
      }
    },
  );
});
