import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { FlashPlan } from "@flashwright/core";
import { beforeEach, describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../cli.fixture.js";
import { packageFolder, SECRET, usedChip, user1Of } from "./espruino.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const old = packageFolder("ESP8266_4MB", "1v95");
const current = packageFolder("ESP8266_4MB", "2v09");
const small = packageFolder("ESP8266_BOARD", "2v09");
const used = usedChip("ESP8266_4MB", "1v95", 0x6f);

let desk: Desk;
beforeEach(() => {
  desk = createDesk({ flash: used.slice() });
});
const flashAt = (offset: number, size: number) => desk.board.flash.slice(offset, offset + size);
const planOf = (run: { events(): Record<string, unknown>[] }) =>
  run.events().find(({ type }) => type === "planned")?.plan as FlashPlan;
const fatesOf = ({ accounts }: FlashPlan, fate: string) =>
  accounts.filter((account) => account.fate === fate).map(({ holds, region }) => [region.offset, ...holds]);
const backups = () => readdirSync(`${desk.dataFolder}/backups`);

describe("flash with a package", () => {
  it("writes a blank chip with the map that the firmware was linked for, never with that of the chip", async () => {
    desk = createDesk();
    const run = await desk.run("flash", current, "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(flashAt(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 0, 0x6f));
    const user1 = user1Of("ESP8266_4MB", "2v09");
    expect(Buffer.compare(flashAt(0x1000, user1.length), user1)).toBe(0);
    expect(flashAt(0x3fc000, 1)).toEqual(Uint8Array.of(5));
    expect(run.stdout).toContain("\nPlan: install Espruino 2v09, build ESP8266_4MB\n");
  });

  it("updates what is there: says first what the new version cannot read, and saves it", async () => {
    const run = await desk.run("flash", current, "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const lines = run.stdout.split("\n");
    const plan = lines.indexOf("Plan: update to Espruino 2v09, build ESP8266_4MB");
    expect(lines.slice(plan + 1, plan + 7)).toEqual([
      expect.stringMatching(/^ {2}mode {2}qio {5}/),
      expect.stringMatching(/^ {2}freq {2}80m {5}/),
      "  size  4MB-c1  as it is on the chip; the firmware runs with 4MB-c1",
      "  boot  user1   at 0x00001000",
      "  LOST   0x000eb000..0x000ebfff     4 KB  saved-code",
      "         saved-code: the firmware that starts afterwards has another format for it (format changed). Backed up first.",
    ]);
    expect(backups()).toHaveLength(1);
    expect(lines.at(-2)).toBe(`  flashwright restore ${desk.dataFolder}/backups/${backups()[0]}`);
    expect(run.stdout).not.toContain(SECRET);
  });

  it("writes only sectors that differ", async () => {
    await desk.run("flash", current, "--no-watch");
    const { programs } = desk.board.statistics;
    const again = await desk.run("flash", current, "--no-watch");
    expect(again.code).toBe(0);
    expect(again.stdout).toContain("\nFlash holds all of this already; nothing was written.\n");
    expect(desk.board.statistics.programs).toBe(programs);
  });

  it("does not lose anything without a backup or a yes", async () => {
    const refused = await desk.run("flash", current, "--no-watch", "--no-backup");
    expect([refused.code, refused.stderr.split("\n").at(-2)]).toEqual([2, " code: backup-refused"]);
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
    const agreed = await desk.run("flash", current, "--no-watch", "--no-backup", "--yes");
    expect(agreed.code).toBe(0);
    expect(backups).toThrow("ENOENT");
  });

  it("starts clean where asked", async () => {
    const run = await desk.run("flash", old, "--no-watch", "--intent", "install", "--json");
    expect(planOf(run).intent).toBe("install");
    expect(fatesOf(planOf(run), "lost").flat()).toContain("wifi");
    expect(flashAt(0xfb000, 0x1000).every((byte) => byte === 0xff)).toBe(true);
  });

  it("refuses a size that contradicts the package, with both", async () => {
    const run = await desk.run("flash", current, "--flash-size", "4MB");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: map-contradicts-package"]);
    expect(run.stderr).toContain("4MB-c1");
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
    const forced = await desk.run("flash", current, "--flash-size", "4MB", "--force", "--dry-run", "--json");
    expect(planOf(forced).header?.size).toMatchObject({ name: "4MB", reason: { code: "map-forced" } });
  });

  it("refuses a package that the chip cannot hold", async () => {
    desk = createDesk({ board: "esp-01s" });
    const run = await desk.run("flash", current);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: map-exceeds-chip"]);
  });

  it("writes nothing on a dry run", async () => {
    const run = await desk.run("flash", current, "--dry-run");
    expect([run.code, run.stdout.split("\n").at(-2)]).toEqual([0, "Dry run: planned, nothing was written."]);
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
    expect(backups).toThrow("ENOENT");
  });

  it("works with the ROM loader once somebody agrees to what it cannot keep", async () => {
    const refused = await desk.run("flash", small, "--no-stub", "--no-watch");
    expect([refused.code, refused.stderr.split("\n").at(-2)]).toEqual([2, " code: backup-refused"]);
    const agreed = await desk.run("flash", small, "--no-stub", "--no-watch", "--yes");
    expect([agreed.code, flashAt(0, 4)]).toEqual([0, Uint8Array.of(0xe9, 3, 0, 0x00)]);
  });

  it.each<[string, () => string, string]>([
    ["a folder without firmware", () => temporaryFolder().path("."), "package-not-recognised"],
    ["a file that is not there", () => files.path("no.tgz"), "file-missing"],
    ["a text", () => files.write("x.txt", new TextEncoder().encode("hello")), "package-not-recognised"],
  ])("refuses %s before any port is opened", async (_, source, error) => {
    const run = await desk.run("flash", source(), "--json");
    expect([run.code, run.events(), desk.opened]).toEqual([
      1,
      [{ type: "failed", error: expect.objectContaining({ code: error }) }],
      [],
    ]);
  });

  it("chooses the build that fits the chip out of a package with several", async () => {
    const folder = temporaryFolder();
    for (const [name, source] of [
      ["esp8266", small],
      ["esp8266_4mb", current],
    ]) {
      mkdirSync(folder.path(`espruino_2v09_${name}`));
      for (const file of readdirSync(source)) {
        folder.write(`espruino_2v09_${name}/${file}`, readFileSync(`${source}/${file}`));
      }
    }
    const large = await desk.run("flash", folder.path("."), "--dry-run", "--json");
    expect(planOf(large).firmware).toMatchObject({ build: "ESP8266_4MB" });
    desk = createDesk({ board: "esp-01" });
    const little = await desk.run("flash", folder.path("."), "--dry-run", "--json");
    expect(planOf(little).firmware).toMatchObject({ build: "ESP8266_BOARD" });
  });

  it.each([["--intent", "update"], ["--force"]])("refuses %s for addresses and files", async (...args) => {
    const run = await desk.run("flash", "0x200000", files.write("x.bin", Uint8Array.of(1)), ...args);
    expect([run.code, run.stderr.split("\n").at(-2), desk.opened]).toEqual([2, " code: usage", []]);
  });

  it("takes a batch file with the files that it names", async () => {
    const folder = temporaryFolder();
    for (const name of [
      "boot_v1.6.bin",
      "espruino_esp8266_user1.bin",
      "esp_init_data_default.bin",
      "blank.bin",
    ]) {
      folder.write(name, readFileSync(`${small}/${name}`));
    }
    const line =
      "esptool.py write_flash -ff 40m -fm qio -fs 4m 0x0 boot_v1.6.bin 0x1000 espruino_esp8266_user1.bin " +
      "0x7C000 esp_init_data_default.bin 0x7E000 blank.bin";
    desk = createDesk();
    const run = await desk.run(
      "flash",
      folder.write("flash.bat", new TextEncoder().encode(line)),
      "--no-watch",
    );
    expect([run.code, run.stderr, flashAt(0x7c000, 1)]).toEqual([0, "", Uint8Array.of(5)]);
  });
});

describe("plan", () => {
  it("says what flashing would do, and writes nothing", async () => {
    const run = await desk.run("plan", current, "--json");
    expect(run.code).toBe(0);
    const plan = planOf(run);
    expect(fatesOf(plan, "lost").map(([offset]) => offset)).toEqual([0xeb000, 0xfa000, 0xfb000]);
    expect(plan.accounts.reduce((sum, { region }) => sum + region.size, 0)).toBe(0x400000);
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
    expect(desk.board.statistics).toMatchObject({ sectorErases: 0, blockErases: 0, programs: 0 });
  });

  it("is run later exactly as it was saved", async () => {
    const saved = files.path("plan.json");
    expect((await desk.run("plan", current, "--save", saved)).code).toBe(0);
    const stored: FlashPlan = JSON.parse(readFileSync(saved, "utf8"));
    const run = await desk.run("flash", current, "--plan", saved, "--no-watch", "--json");
    expect(run.code).toBe(0);
    expect(planOf(run)).toEqual(stored);
    const user1 = user1Of("ESP8266_4MB", "2v09");
    expect(Buffer.compare(flashAt(0x1000, user1.length), user1)).toBe(0);
    expect(backups()).toHaveLength(1);
  });

  it("keeps what it was made with, a forced size too", async () => {
    const saved = files.path("forced.json");
    expect((await desk.run("plan", current, "--flash-size", "4MB", "--force", "--save", saved)).code).toBe(0);
    const run = await desk.run("flash", current, "--plan", saved, "--no-watch");
    expect([run.code, run.stderr, flashAt(3, 1)]).toEqual([0, "", Uint8Array.of(0x4f)]);
    const refused = await desk.run("flash", current, "--plan", saved, "--flash-size", "4MB-c1");
    expect([refused.code, refused.stderr.split("\n").at(-2)]).toEqual([2, " code: usage"]);
  });

  it("can be stored for files and their addresses too", async () => {
    const [saved, data] = [files.path("files.json"), files.write("data.bin", Uint8Array.of(1, 2, 3, 4))];
    expect((await desk.run("plan", "0x200000", data, "--save", saved)).code).toBe(0);
    const run = await desk.run("flash", "0x200000", data, "--plan", saved, "--no-watch");
    expect([run.code, run.stderr, flashAt(0x200000, 5)]).toEqual([0, "", Uint8Array.of(1, 2, 3, 4, 0xff)]);
  });

  it("is stale once what it keeps has changed", async () => {
    const saved = files.path("stale.json");
    await desk.run("plan", current, "--save", saved);
    desk.board.flash[0x3fd100] ^= 1;
    const before = desk.board.flash.slice();
    const run = await desk.run("flash", current, "--plan", saved);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: plan-stale"]);
    expect(Buffer.compare(desk.board.flash, before)).toBe(0);
  });

  it("takes nothing more than a plan made now would, whatever was written into it", async () => {
    const saved = files.path("hostile.json");
    await desk.run("plan", current, "--save", saved);
    const stored = JSON.parse(readFileSync(saved, "utf8"));
    // Of a stretch that the plan does not touch, one sector is made to be erased without a word of loss.
    const index = stored.accounts.findIndex(({ fate }: { fate: string }) => fate === "kept");
    const { region, ...rest } = stored.accounts[index];
    const first = { offset: region.offset, size: 0x1000 };
    const others = { offset: region.offset + 0x1000, size: region.size - 0x1000 };
    stored.erases = [...stored.erases, first].sort((a, b) => a.offset - b.offset);
    const { md5: _, ...unproven } = rest;
    stored.accounts.splice(
      index,
      1,
      { ...unproven, region: first, fate: "erased" },
      ...(others.size > 0 ? [{ ...unproven, region: others }] : []),
    );
    writeFileSync(saved, JSON.stringify(stored));
    const run = await desk.run("flash", current, "--plan", saved);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: plan-stale"]);
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
  });

  it("needs the same files", async () => {
    const saved = files.path("other.json");
    await desk.run("plan", current, "--save", saved);
    const run = await desk.run("flash", small, "--plan", saved);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: plan-data-missing"]);
    expect(Buffer.compare(desk.board.flash, used)).toBe(0);
  });

  it.each<[string, string]>([
    ["{}", "plan-format"],
    ["not JSON", "plan-format"],
  ])("refuses a file with %j", async (text, error) => {
    const file = files.path("bad.json");
    writeFileSync(file, text);
    const run = await desk.run("flash", current, "--plan", file);
    expect([run.code, run.stderr.split("\n").at(-2), desk.opened]).toEqual([1, ` code: ${error}`, []]);
  });
});
