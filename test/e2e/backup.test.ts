/** Backups, restores and erasing by name through the whole program, on virtual boards with made firmware. @module */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, esp8266 } from "@flashwright/core";
import { openBackup, readForBackup, readStorage } from "@flashwright/core/backup";
import { sessionSource } from "@flashwright/core/diagnose";
import { boards, createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createDesk, type Desk, type Run } from "../../apps/cli/src/cli.fixture.js";
import { firstDifference, noise } from "../support/content.js";
import { espruinoChip, madeUserImage } from "../support/made-firmware.js";

const PASSWORD = "correct horse battery";
const wifi = { ssid: "attic-network", password: PASSWORD };
const CHIP_SIZE = 0x40_0000;
const STORAGE = 0xcb000;

/** Used for weeks: code saved, a file written, Wi-Fi set up. */
const newer = espruinoChip({
  build: "ESP8266_4MB",
  version: "2v09",
  user1: madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 466_260 }),
  sizeFreq: 0x6f,
  chipSize: CHIP_SIZE,
  ran: true,
  saved: { bootCode: "print('hello')", files: [{ name: "notes.txt", content: "keep me" }] },
  wifi,
});

/** The same of the days when settings had a sector of their own. */
const older = espruinoChip({
  build: "ESP8266_4MB",
  version: "1v95",
  user1: madeUserImage({ build: "ESP8266_4MB", version: "1v95", size: 509_332 }),
  sizeFreq: 0x6f,
  chipSize: CHIP_SIZE,
  ran: true,
  saved: { bootCode: "print('hello')" },
  wifi,
});

const folder = mkdtempSync(join(tmpdir(), "flashwright-backup-"));
afterAll(() => rmSync(folder, { recursive: true }));

let desk: Desk;
let file: string;
let number = 0;
beforeEach(() => {
  desk = createDesk({ flash: newer.slice() });
  file = join(folder, `backup-${number++}.zip`);
});

function expectFlash(expected: Uint8Array): void {
  expect(firstDifference(desk.board.flash, expected)).toBeUndefined();
}

const lastLine = ({ stdout, stderr }: Run): string => (stdout + stderr).trimEnd().split("\n").at(-1) ?? "";
const holds = (bytes: Uint8Array, text: string): boolean => Buffer.from(bytes).includes(text);
const namesIn = (flash: Uint8Array): string[] =>
  readStorage(flash.subarray(STORAGE, STORAGE + 0x30000))
    .files.filter(({ deleted }) => !deleted)
    .map(({ name }) => name);

/** Unpacks with a program of other people's making. */
function unzip(path: string): string {
  const target = mkdtempSync(join(folder, "unzipped-"));
  if (spawnSync("python3", ["--version"]).status === 0) {
    execFileSync("python3", ["-m", "zipfile", "-e", path, target]);
  } else execFileSync("unzip", ["-q", path, "-d", target]);
  return target;
}

describe("backup", () => {
  it("comes back byte for byte on an erased chip", async () => {
    expect((await desk.run("backup", file)).code).toBe(0);
    expect((await desk.run("erase", "--yes", "--no-backup")).code).toBe(0);
    const run = await desk.run("restore", file);
    expect(run.code).toBe(0);
    expectFlash(newer);
    expect((await desk.run("restore", file)).stdout).toContain("The chip holds all of it already");
  });

  it("comes back byte for byte on a chip that holds something else, which is saved first", async () => {
    await desk.run("backup", file);
    desk.board.flash.fill(0x5a);
    const other = desk.board.flash.slice();
    const run = await desk.run("restore", file);
    expect(run.code).toBe(0);
    expectFlash(newer);
    const saved = lastLine(run).replace("  flashwright restore ", "");
    expect((await desk.run("restore", saved, "--no-backup", "--yes")).code).toBe(0);
    expectFlash(other);
  });

  it("opens with any unzip, one file for each stretch that is not blank", async () => {
    await desk.run("backup", file);
    const target = unzip(file);
    const manifest = JSON.parse(readFileSync(join(target, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      format: "flashwright/backup",
      version: 1,
      date: "2026-11-22T21:05:00Z",
      chip: { mac: "5c:cf:7f:02:9a:b7" },
      flash: { size: CHIP_SIZE, id: "1640e0" },
      map: { code: 6, name: "4MB-c1" },
      firmware: { family: "espruino", build: "ESP8266_4MB", version: "2v09" },
      wifi: "held",
    });
    for (const { path, offset, size } of manifest.files) {
      const bytes = new Uint8Array(readFileSync(join(target, path)));
      expect(firstDifference(bytes, newer.subarray(offset, offset + size))).toBeUndefined();
    }
    expect(statSync(file).size).toBeLessThan(500_000);
  });

  it("is read by nobody but its owner, also where a file lay open, and leaves no part of a file", async () => {
    writeFileSync(file, "an old file");
    chmodSync(file, 0o644);
    writeFileSync(`${file}.part`, "left by a crash");
    await desk.run("backup", file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.part`)).toBe(false);
    expect(openBackup(new Uint8Array(readFileSync(file))).manifest.wifi).toBe("held");
  });

  it("leaves the old file, and no part of a new one, when it is stopped", async () => {
    writeFileSync(file, "an old file");
    const run = await desk.runIn({ interruptAt: "Reading 0x000cb000" }, "backup", file);
    expect(run.code).toBe(130);
    expect(readFileSync(file, "utf8")).toBe("an old file");
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it.each([
    ["2v09", newer],
    ["1v95", older],
  ])("without wifi has no byte of name or password anywhere: %s", async (_, flash) => {
    desk = createDesk({ flash: flash.slice() });
    const run = await desk.run("backup", file, "--without", "wifi");
    expect(run.code).toBe(0);
    const target = unzip(file);
    const files = readdirSync(join(target, "flash")).map((name) => join(target, "flash", name));
    expect(files.length).toBeGreaterThan(4);
    for (const path of [file, join(target, "manifest.json"), ...files]) {
      expect([path, holds(readFileSync(path), PASSWORD)]).toEqual([path, false]);
      expect([path, holds(readFileSync(path), wifi.ssid)]).toEqual([path, false]);
    }
    expect(run.stdout).toContain("Wi-Fi settings were left out");
  });

  it("says that it holds passwords, and shows none, not even as JSON", async () => {
    const runs = [
      await desk.run("backup", file),
      await desk.run("backup", file, "--json"),
      await desk.run("erase", "wifi", "--json"),
      await desk.run("restore", file, "--json"),
    ];
    for (const { stdout, stderr } of runs) {
      expect(stdout + stderr).not.toContain(PASSWORD);
      expect(stdout + stderr).not.toContain(wifi.ssid);
      expect(stdout + stderr).not.toContain(Buffer.from(PASSWORD).toString("hex"));
    }
    expect(runs[0].stdout).toContain("It holds Wi-Fi names and passwords in clear text");
    const event = runs[1].events().find(({ type }) => type === "backup");
    expect(event).toMatchObject({ file, mac: "5c:cf:7f:02:9a:b7", wifi: "held", coveredBytes: CHIP_SIZE });
  });

  it("leaves no password in a trace, unless told to", async () => {
    const trace = join(folder, "trace.ndjson");
    const runs: [string, ...string[]][] = [
      ["backup", file],
      ["read", "0", "ALL", join(folder, "dump.bin")],
      ["erase", "wifi"],
      ["restore", file],
      ["restore", file],
    ];
    const found: [string, boolean][] = [];
    for (const args of runs) {
      await desk.run(...args, "--trace", trace);
      const text = readFileSync(trace, "utf8");
      const wire = text.replace(/"\}\n\{"t":[\d.]+,"(in|out)":"/g, "");
      found.push([args[0], wire.includes(Buffer.from(PASSWORD).toString("hex"))]);
      expect(text).toContain(`"payloads":"hidden"`);
    }
    expect(found).toEqual(runs.map(([command]) => [command, false]));
    await desk.run("backup", file, "--trace", trace, "--trace-secrets");
    expect(readFileSync(trace, "utf8")).toContain(Buffer.from(PASSWORD).toString("hex"));
    expect(statSync(trace).mode & 0o777).toBe(0o600);
  });

  it("takes single regions, and they come back alone", async () => {
    await desk.run("backup", file, "--region", "storage,rf-cal");
    const { manifest } = openBackup(new Uint8Array(readFileSync(file)));
    expect(manifest.files.map(({ path }) => path)).toEqual([
      "flash/0x000cb000-storage.bin",
      "flash/0x003fb000-rf-cal.bin",
    ]);
    desk.board.flash.fill(0, STORAGE, STORAGE + 0x30000);
    desk.board.flash.fill(0, 0x3fb000, 0x3fc000);
    expect((await desk.run("restore", file, "--region", "storage")).code).toBe(0);
    const expected = newer.slice().fill(0, 0x3fb000, 0x3fc000);
    expectFlash(expected);
  });

  it("writes nothing with --dry-run", async () => {
    expect((await desk.run("backup", file, "--dry-run")).code).toBe(0);
    expect(existsSync(file)).toBe(false);
    await desk.run("backup", file);
    desk.board.flash.fill(0x5a, 0x1000, 0x2000);
    const before = desk.board.flash.slice();
    const run = await desk.run("restore", file, "--dry-run");
    expect(run.stdout).toContain("4 KB (4096 bytes) would be written and 0 bytes erased; nothing was.");
    expectFlash(before);
    expect(existsSync(desk.dataFolder)).toBe(false);
  });
});

describe("reading for a backup, at 921600 baud", () => {
  it("takes less than a quarter of the time that the line alone needs for all of 4 MB with 0.6 MB in use", async () => {
    const clock = createVirtualClock();
    const flash = new Uint8Array(CHIP_SIZE).fill(0xff);
    flash.set(noise(0x99000, 3));
    const { transport } = createVirtualBoard({ clock, pace: "line", flash, wire: { oneWayDelayMs: 1 } });
    const session = await connect(transport, { target: esp8266, clock, baudRate: 921_600 });
    const start = clock.now();
    const whole = { offset: 0, size: CHIP_SIZE };
    const programs = [{ offset: 0, size: 0x99000 }];
    const { pieces } = await readForBackup(sessionSource(session), [whole], { programs });
    const elapsed = clock.now() - start;
    expect(pieces.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([[0, 0x99000]]);
    const lineTime = (CHIP_SIZE * 10 * 1000) / 921_600;
    expect(elapsed).toBeLessThan(lineTime / 4);
  });
});

describe("restore", () => {
  it("refuses another chip's calibration, and takes it when told to", async () => {
    await desk.run("backup", file);
    // Another last byte of the MAC.
    const board = { ...boards["esp-12f"], efuseWords: [0x12000000, 0x0000029a, 0, 0x005ccf7f] } as const;
    desk = createDesk({ flash: newer.slice().fill(0x11, 0x3fb000, 0x3fc000), board });
    const before = desk.board.flash.slice();
    const refused = await desk.run("restore", file);
    expect([refused.code, lastLine(refused)]).toEqual([1, " code: backup-other-chip"]);
    expectFlash(before);
    expect((await desk.run("restore", file, "--region", "storage")).code).toBe(0);
    expectFlash(before);
    const forced = await desk.run("restore", file, "--force");
    expect(forced.code).toBe(0);
    expect(forced.stdout).toContain("The radio calibration (rf-cal) is that of another chip");
    expectFlash(newer);
  });

  it("refuses a damaged file before any port is opened", async () => {
    await desk.run("backup", file);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 0x10;
    writeFileSync(file, bytes);
    desk.opened.length = 0;
    const run = await desk.run("restore", file);
    expect([run.code, lastLine(run)]).toEqual([1, " code: backup-entry"]);
    expect(desk.opened).toEqual([]);
  });
});

describe("erase by name", () => {
  it("of wifi takes one file out of Storage and the SDK's copies, and nothing else", async () => {
    const run = await desk.run("erase", "wifi");
    expect(run.code).toBe(0);
    expect(holds(desk.board.flash, PASSWORD)).toBe(false);
    expect(holds(desk.board.flash, wifi.ssid)).toBe(false);
    expect(namesIn(desk.board.flash)).toEqual(namesIn(newer).filter((name) => name !== ".wificfg"));
    const expected = newer.slice().fill(0xff, 0x3fd000, 0x3ff000);
    expected.set(desk.board.flash.subarray(STORAGE, STORAGE + 0x1000), STORAGE);
    expectFlash(expected);
    const saved = lastLine(run).replace("  flashwright restore ", "");
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    expect((await desk.run("restore", saved)).code).toBe(0);
    expectFlash(newer);
  });

  it("of wifi erases the sector of older versions", async () => {
    desk = createDesk({ flash: older.slice() });
    expect((await desk.run("erase", "wifi")).code).toBe(0);
    expectFlash(older.slice().fill(0xff, 0xfb000, 0xfc000).fill(0xff, 0x3fd000, 0x3ff000));
  });

  it("of saved-code takes the saved program out of Storage, and keeps settings and files", async () => {
    const run = await desk.run("erase", "saved-code");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("all other files stay");
    expect(namesIn(desk.board.flash)).toEqual(
      namesIn(newer).filter((name) => ![".varimg", ".bootcde", ".bootrst"].includes(name)),
    );
    expect(namesIn(desk.board.flash)).toEqual(expect.arrayContaining([".wificfg", "notes.txt"]));
  });

  it("of saved-code erases the area of older versions", async () => {
    desk = createDesk({ flash: older.slice() });
    expect((await desk.run("erase", "saved-code")).code).toBe(0);
    expectFlash(older.slice().fill(0xff, 0xeb000, 0xfb000));
  });

  it("shows what would be lost and what comes back, and does nothing, with --dry-run", async () => {
    const run = await desk.run("erase", "wifi,rf-cal", "--dry-run", "--json");
    const event = run.events().find(({ type }) => type === "erasure");
    expect(event?.regions).toEqual([
      {
        id: "storage",
        owner: "storage",
        erasure: "loses-data",
        offset: STORAGE,
        size: 0x1000,
        content: "data",
        files: [".wificfg"],
      },
      {
        id: "rf-cal",
        owner: "rf-cal",
        erasure: "recreated",
        offset: 0x3fb000,
        size: 0x1000,
        content: "data",
      },
      expect.objectContaining({ id: "system-params", offset: 0x3fd000, size: 0x2000 }),
    ]);
    expectFlash(newer);
    expect(existsSync(desk.dataFolder)).toBe(false);
  });

  it("does not take what the board needs to start without a yes", async () => {
    const run = await desk.run("erase", "boot");
    expect([run.code, lastLine(run)]).toEqual([2, " code: erase-breaks-boot"]);
    expectFlash(newer);
    expect((await desk.run("erase", "boot", "--yes")).code).toBe(0);
    expectFlash(newer.slice().fill(0xff, 0, 0x1000));
  });

  it("does not touch settings that a wrong map puts into the firmware's own code", async () => {
    const wrong = older.slice();
    wrong[3] = 0x4f;
    desk = createDesk({ flash: wrong });
    const run = await desk.run("erase", "wifi");
    expect([run.code, lastLine(run)]).toEqual([1, " code: erase-in-program"]);
    expectFlash(wrong);
  });

  it("of free takes nothing that the firmware calls free and uses itself", async () => {
    const flash = older.slice().fill(0x11, 0x200000, 0x3f0000);
    desk = createDesk({ flash });
    expect((await desk.run("erase", "free", "--no-backup", "--yes")).code).toBe(0);
    expectFlash(flash.slice().fill(0xff, 0x200000, 0x3fc000));
  });

  it("says which names there are", async () => {
    const run = await desk.run("erase", "spiffs");
    expect([run.code, lastLine(run)]).toEqual([2, " code: region-unknown"]);
    expect(run.stderr).toMatch(/there are boot, user1, storage, .* wifi and saved-code\./);
  });

  it("has nothing to do twice", async () => {
    await desk.run("erase", "rf-cal");
    const again = await desk.run("erase", "rf-cal");
    expect([again.code, lastLine(again)]).toEqual([0, "rf-cal: there is nothing to erase."]);
  });
});
