import { readdirSync } from "node:fs";
import { boards } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { packageFolder, SECRET, usedChip, user1Of } from "./espruino.fixture.js";

import { temporaryFolder } from "./files.fixture.js";

const folder = packageFolder("ESP8266_4MB", "1v95");
const destroyed = usedChip("ESP8266_4MB", "1v95", 0x4f);
const endangered = usedChip("ESP8266_4MB", "1v95", 0x4f, { hasWifi: false });
const healthy = usedChip("ESP8266_4MB", "1v95", 0x6f);

describe("recover", () => {
  it("says without a package what it cannot bring back, and changes nothing", async () => {
    const desk = createDesk({ flash: destroyed });
    const run = await desk.run("recover", "--no-watch");
    expect(run.stderr.split("\n")).toEqual([
      "error: What is damaged can only come from the firmware's package: user1.",
      " hint: Give the package: `flashwright recover <package>`.",
      " code: recover-needs-package",
      "",
    ]);
    expect(run.code).toBe(1);
    expect(Buffer.compare(desk.board.flash, destroyed)).toBe(0);
  });

  it("brings the program and the right map back, two sectors in all, and saves what it replaces", async () => {
    const desk = createDesk({ flash: destroyed });
    const run = await desk.run("recover", folder, "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const user1 = user1Of("ESP8266_4MB", "1v95");
    expect(Buffer.compare(desk.board.flash.slice(0x1000, 0x1000 + user1.length), user1)).toBe(0);
    expect(desk.board.flash.slice(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 0, 0x6f));
    expect(run.stdout).toContain("\n8 KB (8192 bytes) written and verified by MD5");
    expect(readdirSync(`${desk.dataFolder}/backups`)).toEqual([
      expect.stringMatching(/before-recover\.zip$/),
    ]);
    expect(run.stdout).not.toContain(SECRET);
    expect((await desk.run("doctor", "--no-watch", "--deep")).code).toBe(0);
  });

  it("needs no package where the header alone is wrong, and writes one sector", async () => {
    const desk = createDesk({ flash: endangered });
    const run = await desk.run("recover", "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(desk.board.flash.slice(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 0, 0x6f));
    expect(Buffer.compare(desk.board.flash.subarray(0x1000), endangered.subarray(0x1000))).toBe(0);
  });

  it("leaves a healthy board alone", async () => {
    const desk = createDesk({ flash: healthy });
    const run = await desk.run("recover", "--no-watch");
    expect([run.code, run.stdout.split("\n").at(-2)]).toEqual([
      0,
      "Nothing was found that has to be put right.",
    ]);
    expect(desk.board.statistics).toMatchObject({ sectorErases: 0, blockErases: 0, programs: 0 });
  });

  it("writes the header that somebody wants on a board that needs nothing, and brings its radio data along", async () => {
    const small = usedChip("ESP8266_BOARD", "2v09", 0x00);
    const desk = createDesk({ flash: small });
    const doctor = await desk.run("doctor", "--no-watch", "--json");
    const diagnosis = doctor.events().find(({ type }) => type === "diagnosis");
    expect([doctor.code, diagnosis]).toMatchObject([
      0,
      { offered: ["recover", "--flash-size", "4MB"], findings: [{ code: "finding-map-smaller-warns" }] },
    ]);
    const run = await desk.run("recover", "--flash-size", "4MB", "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(desk.board.flash.slice(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 0, 0x40));
    expect(desk.board.flash.slice(0x3fc000, 0x3fc080)).toEqual(small.slice(0x7c000, 0x7c080));
    expect(
      Buffer.compare(desk.board.flash.subarray(0x1000, 0x3fc000), small.subarray(0x1000, 0x3fc000)),
    ).toBe(0);
  });

  it("does not write a header that ruins the firmware", async () => {
    const desk = createDesk({ flash: healthy });
    const run = await desk.run("recover", "--flash-size", "4MB", "--no-watch");
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([
      1,
      "error: Espruino 1v95, build ESP8266_4MB was built for 4MB-c1: 4 MB (4194304 bytes), split 1024+1024. 4MB is 4 MB (4194304 bytes), split 512+512.",
    ]);
    expect(Buffer.compare(desk.board.flash, healthy)).toBe(0);
    const forced = await desk.run("recover", "--flash-size", "4MB", "--no-watch", "--force");
    expect([forced.code, desk.board.flash[3]]).toEqual([0, 0x4f]);
  });

  it("tries slower flash modes, the first sector alone, until the board starts", async () => {
    const flash = usedChip("ESP8266_4MB", "2v09", 0x6f);
    // Neither the flash chip's id nor anything else tells that only one line is wired.
    const board = { ...boards["esp-12f"], readModes: boards.esp8285.readModes };
    const desk = createDesk({ board, flash });
    const run = await desk.run("recover", "--json");
    const modes = run.events().filter(({ code }) => code === "mode-next");
    expect(modes.map(({ params }) => params)).toEqual([
      { mode: "dio", freq: "40m" },
      { mode: "dout", freq: "40m" },
    ]);
    expect([run.code, desk.board.flash.slice(0, 4)]).toEqual([0, Uint8Array.of(0xe9, 3, 3, 0x60)]);
    expect(Buffer.compare(desk.board.flash.subarray(0x1000), flash.subarray(0x1000))).toBe(0);
  });

  it("plans and writes nothing on a dry run", async () => {
    const desk = createDesk({ flash: destroyed });
    const run = await desk.run("recover", folder, "--no-watch", "--dry-run", "--json");
    expect(run.code).toBe(0);
    expect(run.events().map(({ type }) => type)).toContain("planned");
    expect(Buffer.compare(desk.board.flash, destroyed)).toBe(0);
  });

  it("brings a backup back, and looks whether the board is well then", async () => {
    const desk = createDesk({ flash: healthy });
    const zip = temporaryFolder().path("board.zip");
    expect((await desk.run("backup", zip)).code).toBe(0);
    desk.board.flash.fill(0xff, 0x1000, 0x20000);
    const run = await desk.run("recover", "--backup", zip, "--no-watch");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(Buffer.compare(desk.board.flash, healthy)).toBe(0);
    expect(run.stdout).toContain("\nLooks healthy: nothing wrong was found (every byte: --deep).\n");
  });

  it("does not take a package and a backup", async () => {
    const run = await createDesk().run("recover", folder, "--backup", "x.zip");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([2, " code: usage"]);
  });
});
