import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { answers, createDesk, type Desk } from "../cli.fixture.js";

let desk: Desk;
beforeEach(() => {
  desk = createDesk({ flash: new Uint8Array(0x400000).fill(0x55) });
});
const usedBytes = () => desk.board.flash.reduce((count, byte) => count + (byte === 0xff ? 0 : 1), 0);

/** -1 where they are the same. */
function firstDifference(left: Uint8Array, right: Uint8Array): number {
  return left.findIndex((byte, i) => byte !== right[i]);
}

describe("erase", () => {
  it("clears whole sectors and no other", async () => {
    const run = await desk.run("erase", "0x1000", "8k");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("\n8 KB (8192 bytes) erased at 0x00001000, verified blank.\n");
    expect(usedBytes()).toBe(0x400000 - 0x2000);
    expect([desk.board.flash[0xfff], desk.board.flash[0x1000], desk.board.flash[0x3000]]).toEqual([
      0x55, 0xff, 0x55,
    ]);
  });

  it("says what a region of parts of sectors would have to be, before any port is opened", async () => {
    const run = await desk.run("erase", "0x1100", "256");
    expect([run.code, run.stderr.split("\n")]).toEqual([
      1,
      [
        "error: Erasing 256 bytes at 0x00001100 is not possible: flash is erased in sectors of 4096 bytes.",
        " hint: Erase 0x00001000 bytes at 0x00001000 instead.",
        " code: erase-misaligned",
        "",
      ],
    ]);
    expect(desk.opened).toEqual([]);
  });

  it("needs a length with an address", async () => {
    const run = await desk.run("erase", "0x1000");
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([2, "error: An address needs a length."]);
  });

  it("does not take the whole chip without a yes", async () => {
    const run = await desk.run("erase");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([2, " code: erase-unconfirmed"]);
    expect(desk.opened).toEqual([]);
  });

  it("takes the whole chip with --yes", async () => {
    const run = await desk.run("erase_flash", "--yes");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("\nThe whole flash, 4 MB (4194304 bytes), is erased and verified blank.\n");
    expect(usedBytes()).toBe(0);
  });

  it("takes the whole chip when a person types it, and asks about the very board", async () => {
    const prompts = answers({ type: " Erase " });
    const run = await desk.runIn({ prompts }, "erase");
    expect(prompts.asked).toEqual(['All 4 MB of 5c:cf:7f:02:9a:b7 will be erased. Type "erase" to go on:']);
    expect([run.code, usedBytes()]).toEqual([0, 0]);
  });

  it.each(["yes", "", undefined])("leaves the chip alone when the answer is %j", async (type) => {
    const run = await desk.runIn({ prompts: answers(type === undefined ? {} : { type }) }, "erase");
    expect([run.code, usedBytes()]).toEqual([2, 0x400000]);
  });

  it.each([[["--dry-run"]], [["--dry-run", "0x1000", "4k"]]])("erases nothing with %j", async (args) => {
    const run = await desk.run("erase", ...args);
    expect([run.code, usedBytes()]).toEqual([0, 0x400000]);
    expect(run.stdout).toMatch(/\nDry run: .* would be erased; nothing was\.\n$/);
  });

  it("saves what was there first, and says in the last line how it comes back", async () => {
    const before = desk.board.flash.slice();
    const run = await desk.run("erase", "0x1000", "8k");
    const [file] = readdirSync(join(desk.dataFolder, "backups"));
    expect(file).toBe("5ccf7f029ab7-20261122-210500-before-erase.zip");
    const path = join(desk.dataFolder, "backups", file);
    expect(run.stdout.split("\n").slice(-3)).toEqual([
      "What was there before is saved; this brings it back:",
      `  flashwright restore ${path}`,
      "",
    ]);
    expect((await desk.run("restore", path)).code).toBe(0);
    expect(firstDifference(desk.board.flash, before)).toBe(-1);
  });

  it("says where the backup is also when erasing fails", async () => {
    desk = createDesk({ flash: new Uint8Array(0x4000), faults: [{ kind: "dead-sector", offset: 0x2000 }] });
    const run = await desk.run("erase", "0", "16k");
    expect(run.stderr.trimEnd().split("\n").at(-1)).toMatch(
      /^ {2}flashwright restore \/.*-before-erase\.zip$/,
    );
  });

  it("saves nothing of what is blank", async () => {
    desk = createDesk();
    const run = await desk.run("erase", "0x1000", "8k");
    expect([run.code, existsSync(desk.dataFolder)]).toEqual([0, false]);
  });

  it("needs a yes to erase without a backup, which the ROM loader cannot make", async () => {
    const runs = [
      await desk.run("erase", "0x1000", "8k", "--no-backup"),
      await desk.runIn({ prompts: answers({ type: "no" }) }, "erase", "0x1000", "8k", "--no-backup"),
      await desk.run("erase", "0x1000", "8k", "--no-stub"),
    ];
    expect(runs.map(({ code, stderr }) => [code, stderr.trimEnd().split("\n").at(-1)])).toEqual([
      [2, " code: backup-refused"],
      [2, " code: backup-refused"],
      [1, " code: backup-impossible"],
    ]);
    expect(usedBytes()).toBe(0x400000);
    const rom = await desk.run("erase", "0x1000", "8k", "--no-stub", "--no-backup", "--yes");
    expect([rom.code, usedBytes(), existsSync(desk.dataFolder)]).toEqual([0, 0x400000 - 0x2000, false]);
    const asked = answers({ type: "yes" });
    expect((await desk.runIn({ prompts: asked }, "erase", "0x3000", "4k", "--no-backup")).code).toBe(0);
    expect(asked.asked).toEqual(['4 KB will be erased. There will be no backup. Type "yes" to go on:']);
  });

  it("takes no name where the firmware is not known, and no length with a name", async () => {
    const runs = [await desk.run("erase", "wifi"), await desk.run("erase", "wifi", "4k")];
    expect(runs.map(({ code, stderr }) => [code, stderr.trimEnd().split("\n").at(-1)])).toEqual([
      [1, " code: layout-not-recognised"],
      [2, " code: usage"],
    ]);
  });

  it("cannot take the whole chip with the ROM loader", async () => {
    const run = await desk.run("erase", "--yes", "--no-stub");
    expect([run.code, run.stderr.split("\n").at(-2), usedBytes()]).toEqual([
      1,
      " code: needs-stub",
      0x400000,
    ]);
  });

  it("fails where a sector keeps its bytes", async () => {
    desk = createDesk({ flash: new Uint8Array(0x4000), faults: [{ kind: "dead-sector", offset: 0x2000 }] });
    const run = await desk.run("erase", "0", "16k");
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/^error: Flash at 0x00002000, 4 KB \(4096 bytes\), /);
  });
});
