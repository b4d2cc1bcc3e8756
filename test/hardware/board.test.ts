/** The command on a board of flesh and blood: identify, back up, write, verify, read, and put back what was there. @module */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../support/packages.js";
import { describeWith, hardwarePort } from "../support/requirements.js";
import { mustRun, run } from "../support/run.js";

const COMMAND = join(root, "apps/cli/bin/flashwright.js");
/** Inside the smallest flash that boards have, 512 KB, and not a multiple of a sector, to see what stands beside it. */
const OFFSET = 0x40000;
const SIZE = 3 * 4096 + 100;
/** The region with the rest of its last sector, which a write must keep. */
const WHOLE_SIZE = 4 * 4096;

describeWith(["hardware"], "a board", () => {
  let folder: string;
  const file = (name: string) => join(folder, name);
  const flashwright = (command: string, ...args: string[]) =>
    mustRun(process.execPath, [COMMAND, command, "--port", hardwarePort(), ...args]);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "flashwright-hardware-"));
    await flashwright("read", String(OFFSET), String(WHOLE_SIZE), file("before.bin"));
  }, 120_000);

  afterAll(async () => {
    await flashwright("flash", "--no-watch", String(OFFSET), file("before.bin"));
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  it("tells its chip and its flash", async () => {
    expect(await flashwright("info")).toMatch(/ESP8266|ESP8285/);
  }, 60_000);

  it.each([
    ["the stub", [], "kept"],
    ["the stub at 115200", ["--baud", "115200"], "kept"],
    ["the ROM loader, which cannot read", ["--no-stub"], "erased"],
  ])(
    "takes bytes from %s",
    async (_, options, beside) => {
      const [old, bytes] = [randomBytes(WHOLE_SIZE), randomBytes(SIZE)];
      writeFileSync(file("old.bin"), old);
      await flashwright("flash", "--no-watch", String(OFFSET), file("old.bin"));
      writeFileSync(file("new.bin"), bytes);
      await flashwright("flash", "--no-watch", ...options, String(OFFSET), file("new.bin"));
      await flashwright("verify", String(OFFSET), file("new.bin"));
      await flashwright("read", String(OFFSET), String(WHOLE_SIZE), file("after.bin"));
      const after = readFileSync(file("after.bin"));
      const rest = beside === "kept" ? old.subarray(SIZE) : Buffer.alloc(WHOLE_SIZE - SIZE, 0xff);
      expect(after.subarray(0, SIZE).equals(bytes)).toBe(true);
      expect(after.subarray(SIZE).equals(rest)).toBe(true);
    },
    180_000,
  );

  it("does not pass a comparison with other bytes", async () => {
    writeFileSync(file("other.bin"), randomBytes(SIZE));
    const args = ["verify", "--port", hardwarePort(), String(OFFSET), file("other.bin")];
    expect((await run(process.execPath, [COMMAND, ...args])).code).toBe(1);
  }, 60_000);
});
