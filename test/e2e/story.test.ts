/**
 * The two stories for which this program was made, from erasing the chip with another tool to the console of a board that
 * works again. What is right is said by literal offsets, and never asked of the layouts under test.
 *
 * @module
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { afterAll, describe, expect, it } from "vitest";
import { createDesk, type Run } from "../../apps/cli/src/cli.fixture.js";
import { type Console, openConsole } from "../support/console.js";
import { noise } from "../support/content.js";
import { madeAtImage, madeSdkBoot, phyInit } from "../support/made-firmware.js";
import { realFirmware } from "../support/real-firmware.js";
import {
  type EspruinoRelease,
  madeRelease,
  realRelease,
  releaseName,
  releaseTgz,
} from "../support/release-archives.js";
import { describeWith } from "../support/requirements.js";
import { flashWithEsptool, type OtherToolsFile } from "../third-party/esptool-js-flash.js";

const CHIP_SIZE = 0x400000;
const WARNING = "WARNING: *** Your flash chip does not match your flash map ***";
const folder = mkdtempSync(join(tmpdir(), "flashwright-story-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Boot loaders that the virtual chip starts without anybody's files. */
const runningBoot = () => madeSdkBoot("1.6", { runs: true });
const made2v09 = (): EspruinoRelease => ({ ...madeRelease("ESP8266_BOARD", "2v09"), boot: runningBoot() });
const made1v95 = (): EspruinoRelease => ({ ...madeRelease("ESP8266_4MB", "1v95"), boot: runningBoot() });

/** A release at the places that its makers' instructions name for a flash size. */
function placed({ boot, user1, phyInit, blank }: EspruinoRelease, size: "512KB" | "4MB"): OtherToolsFile[] {
  const tail = size === "512KB" ? 0x7c000 : 0x3fc000;
  return [
    { offset: 0, bytes: boot },
    { offset: 0x1000, bytes: user1 },
    { offset: tail, bytes: phyInit },
    { offset: tail + 0x2000, bytes: blank },
  ];
}

/** A chip that was in use, erased and flashed anew by another tool. */
async function chipOf(files: readonly OtherToolsFile[], size: "512KB" | "4MB"): Promise<Uint8Array> {
  const board = createVirtualBoard({ board: "esp-12f", flash: noise(CHIP_SIZE, 9) });
  await flashWithEsptool(() => board.reconnect(), files, size);
  return board.flash.slice();
}

/** A board on a desk: this program's commands, and the console of what runs on it. */
function deskWith(flash: Uint8Array) {
  const clock = createVirtualClock();
  const desk = createDesk({ board: "esp-12f", flash, clock, pace: "line" });
  return {
    board: desk.board,
    run: (...argv: string[]): Promise<Run> => desk.runIn({ clock }, ...argv),
    /** Somebody opens a terminal window. Whoever comes next closes it. */
    console: (): Promise<Console> => openConsole(desk.board.reconnect(), clock),
    /** What was printed since the firmware was started last, after a moment. */
    async sinceStart(): Promise<string> {
      await new Promise<void>((resolve) => void clock.setTimer(3000, resolve));
      return desk.board.uartLog.slice(desk.board.uartLog.lastIndexOf("jump to run user1"));
    },
  };
}

/** The command that the doctor printed for copying, as the words of a shell in the folder with the packages. */
function printedCommand({ stdout }: Run): string[] {
  const [, line] = /^ {2}flashwright (.+)$/m.exec(stdout) ?? [];
  if (line === undefined) throw new Error(`no command in:\n${stdout}`);
  return line.split(" ").map((word) => (existsSync(join(folder, word)) ? join(folder, word) : word));
}

/** The sectors that a chip differs in, as offsets; those left out are written by whatever firmware starts. */
function changedSectors(before: Uint8Array, after: Uint8Array, firmwares: readonly number[]): string[] {
  const changed: string[] = [];
  for (let offset = 0; offset < before.length; offset += 0x1000) {
    const [one, other] = [before, after].map((flash) => flash.subarray(offset, offset + 0x1000));
    if (!firmwares.includes(offset) && Buffer.compare(one, other) !== 0) changed.push(offset.toString(16));
  }
  return changed;
}

/** RF calibration, both copies of the system parameters, and their flag, on 4 MB. */
const SDK_SECTORS = [0x3fb000, 0x3fd000, 0x3fe000, 0x3ff000];

const titles = ({ stdout }: Run) =>
  [...stdout.matchAll(/^(FATAL|DANGER|WARNING|note) +(\S.*)$/gm)].map(
    ([, severity, title]) => `${severity}: ${title}`,
  );

/** Erased by another tool, the wrong map flashed: a warning, its cause, one command, everything kept. */
function firstAct(release: () => EspruinoRelease): void {
  it("ends with a clean banner, and with everything that was stored", async () => {
    const { phyInit: radio, user1 } = release();
    const desk = deskWith(await chipOf(placed(release(), "512KB"), "512KB"));
    expect([...desk.board.flash.subarray(0, 4)]).toEqual([0xe9, 0x03, 0x00, 0x00]);

    // The banner warns; somebody uses the board all the same.
    expect(await desk.sinceStart()).toContain(
      `Flash map 512KB:256/256, manuf 0xe0 chip 0x4016\r\n${WARNING}\r\n`,
    );
    const before = await desk.console();
    expect(await before.type("process.env.BOARD")).toBe('="ESP8266_BOARD"\r\n');
    expect(await before.type('require("ESP8266").getState().flashMap')).toBe('="512KB:256/256"\r\n');
    await before.type('require("Storage").write("plan.js", "setInterval(water, 864e5)")');
    await before.type('require("Wifi").connect("greenhouse", {password:"tomato-1879"})');
    await before.type('require("Wifi").save()');
    const used = desk.board.flash.slice();
    expect(Buffer.from(used.subarray(0x77000, 0x7b000)).toString("latin1")).toContain("tomato-1879");

    // The doctor names the cause and says that it is harmless. Nothing has changed afterwards.
    const doctor = await desk.run("doctor");
    expect(titles(doctor)).toEqual(["note: The board warns that chip and flash map do not match"]);
    expect(doctor.stdout).toContain(
      "The header says 512KB, the flash chip has 4 MB (4194304 bytes), and the firmware says so at every start. " +
        "That is harmless: it uses what the header says, and the rest stays unused.",
    );
    expect(doctor.stdout).toContain("The boot loader handed over to the firmware");
    expect([doctor.code, doctor.stderr]).toEqual([0, ""]);
    expect(doctor.stdout).not.toContain("tomato-1879");
    expect(changedSectors(used, desk.board.flash, [])).toEqual([]);

    // Its one command sets the map, and brings the radio's data to where that map has them.
    const fix = await desk.run(...printedCommand(doctor));
    expect([fix.code, fix.stderr]).toEqual([0, ""]);
    expect(changedSectors(used, desk.board.flash, SDK_SECTORS)).toEqual(["0", "3fc000"]);
    expect([...desk.board.flash.subarray(0, 4)]).toEqual([0xe9, 0x03, 0x00, 0x40]);
    expect(Buffer.compare(desk.board.flash.subarray(4, 0x1000), used.subarray(4, 0x1000))).toBe(0);
    expect(Buffer.compare(desk.board.flash.subarray(0x3fc000, 0x3fc080), radio)).toBe(0);
    expect(Buffer.compare(desk.board.flash.subarray(0x1000, 0x1000 + user1.length), user1)).toBe(0);
    expect(Buffer.compare(desk.board.flash.subarray(0x77000, 0x7b000), used.subarray(0x77000, 0x7b000))).toBe(
      0,
    );

    // A clean banner; what was stored is there; save() and a restart work.
    expect(await desk.sinceStart()).toContain("Flash map 4MB:512/512, manuf 0xe0 chip 0x4016\r\n\r\n>");
    expect(await desk.sinceStart()).not.toContain("WARNING");
    const after = await desk.console();
    expect(await after.type('require("ESP8266").getState().flashMap')).toBe('="4MB:512/512"\r\n');
    expect(await after.type('require("Storage").read("plan.js")')).toBe('="setInterval(water, 864e5)"\r\n');
    expect(await after.type('require("Wifi").getDetails().ssid')).toBe('="greenhouse"\r\n');
    await after.type("answer = 42");
    expect(await after.type("save()")).toMatch(/Compressed \d+ bytes to \d+\r\n$/);
    await after.send("E.reboot()\n");
    await after.until("bytes from flash...\r\n>");
    expect(await after.type("answer")).toBe("=42\r\n");
    expect(await after.type('require("Storage").read("plan.js")')).toBe('="setInterval(water, 864e5)"\r\n');
    expect((await desk.run("doctor")).stdout).toContain("Looks healthy: nothing wrong was found");
  });
}

/** A 4 MB build flashed as `4MB`, Wi-Fi saved, the chip dead: why, and back to life. */
function secondAct(release: () => EspruinoRelease): void {
  it("says why from the flash alone, and brings the board back", async () => {
    const { user1 } = release();
    writeFileSync(join(folder, `${releaseName(release())}.tgz`), releaseTgz(release()));
    const desk = deskWith(await chipOf(placed(release(), "4MB"), "4MB"));

    // It runs without a warning, until its settings are saved: then a sector of its own code is gone.
    expect(await desk.sinceStart()).toContain("Flash map 4MB:512/512, manuf 0xe0 chip 0x4016\r\n\r\n>");
    const before = await desk.console();
    expect(await before.type("process.env.BOARD")).toBe('="ESP8266_4MB"\r\n');
    expect(Buffer.compare(desk.board.flash.subarray(0x1000, 0x1000 + user1.length), user1)).toBe(0);
    await before.type('require("Wifi").connect("greenhouse", {password:"tomato-1879"})');
    await before.type('require("Wifi").save()');
    expect([...desk.board.flash.subarray(0x7b000, 0x7b004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    desk.board.powerCycle();
    const dead = desk.board.flash.slice();

    // From a dump, without a board, and without listening: the same cause and the same command.
    writeFileSync(join(folder, "dump.bin"), dead);
    const cause = "FATAL: Settings were saved into the program";
    const sources = [["--no-watch"], ["--file", join(folder, "dump.bin")], []];
    for (const source of sources) {
      const doctor = await desk.run("doctor", ...source);
      expect(titles(doctor)[0]).toBe(cause);
      expect(doctor.stdout).toContain("erased a piece of the firmware at 0x0007b000");
      expect(doctor.stdout).toContain("the header says 4MB, this firmware was built for 4MB-c1");
      expect(doctor.stdout).toContain("\n  flashwright recover espruino_1v95_esp8266_4mb.tgz\n");
      expect(doctor.stdout).not.toContain("tomato-1879");
      expect(doctor.code).toBe(1);
    }
    expect(changedSectors(dead, desk.board.flash, [])).toEqual([]);
    const watched = await desk.run("doctor");
    expect(watched.stdout).toContain("Fatal exception (3): epc1=0x401000b8");

    // The printed command writes the header's sector and the damaged one, and nothing else.
    const fix = await desk.run(...printedCommand(watched));
    expect([fix.code, fix.stderr]).toEqual([0, ""]);
    expect(changedSectors(dead, desk.board.flash, SDK_SECTORS)).toEqual(["0", "7b000"]);
    expect([...desk.board.flash.subarray(0, 4)]).toEqual([0xe9, 0x03, 0x00, 0x60]);
    expect(Buffer.compare(desk.board.flash.subarray(0x1000, 0x1000 + user1.length), user1)).toBe(0);

    // Alive, and the next save goes to where nothing else is.
    expect(await desk.sinceStart()).toContain("Flash map 4MB:1024/1024, manuf 0xe0 chip 0x4016\r\n\r\n>");
    const after = await desk.console();
    await after.type('require("Wifi").connect("greenhouse", {password:"tomato-1879"})');
    await after.type('require("Wifi").save()');
    expect([...desk.board.flash.subarray(0xfb000, 0xfb004)]).toEqual([0x00, 0x04, 0x18, 0x00]);
    await after.send('require("ESP8266").reboot()\n');
    await after.until("chip 0x4016\r\n\r\n>");
    expect(await after.type('require("Wifi").getDetails().ssid')).toBe('="greenhouse"\r\n');
    expect((await desk.run("doctor")).stdout).toContain("Looks healthy: nothing wrong was found");
  });
}

/** AT for 1024+1024 under the map 512+512: its own SDK refuses to start like that. */
function builtForAnother(user1: () => Uint8Array, user2: () => Uint8Array, boot: () => Uint8Array): void {
  it("is found by the header within the image", async () => {
    const files = [
      { offset: 0, bytes: boot() },
      { offset: 0x1000, bytes: user1() },
      { offset: 0x101000, bytes: user2() },
      { offset: 0x3fc000, bytes: phyInit() },
    ];
    const desk = deskWith(await chipOf(files, "4MB"));
    const doctor = await desk.run("doctor");
    expect(titles(doctor)[0]).toBe("FATAL: The flash size in the header is not the firmware's");
    expect(doctor.stdout).toContain(
      "This firmware starts only where the flash is divided as it was built for: as 2MB-c1 says. The header says 4MB.",
    );
    expect(doctor.stdout).toContain("Set the flash size in the header to 4MB-c1.");
    expect(doctor.code).toBe(1);
    const flashed = desk.board.flash.slice();
    const fix = await desk.run(...printedCommand(doctor));
    expect([fix.code, fix.stderr]).toEqual([0, ""]);
    expect(changedSectors(flashed, desk.board.flash, SDK_SECTORS)).toEqual(["0"]);
    expect(desk.board.flash[3]).toBe(0x60);
    // It says only a few letters when it starts, and at another rate: a note.
    const after = await desk.run("doctor");
    expect([after.code, titles(after).filter((title) => !title.startsWith("note"))]).toEqual([0, []]);
  });
}

describe("erased by another tool and flashed for 512 KB, with made files", () => firstAct(made2v09));
describeWith(["firmware"], "erased by another tool and flashed for 512 KB, with Espruino 2v09", () =>
  firstAct(realRelease),
);
describe("Espruino 1v95 for 4 MB, flashed as 4MB", () => secondAct(made1v95));
describeWith(["firmware"], "the same with the vendor's boot loader", () =>
  secondAct(() => ({ ...made1v95(), boot: realFirmware("boot16") })),
);
describe("AT for 1024+1024, made, flashed as 4MB", () =>
  builtForAnother(madeAtImage, () => madeAtImage({ slot: 2 }), runningBoot));
describeWith(["firmware"], "AT 1.7.6 for 1024+1024, flashed as 4MB", () =>
  builtForAnother(
    () => realFirmware("atUser1"),
    () => realFirmware("atUser2"),
    () => realFirmware("boot17"),
  ),
);
