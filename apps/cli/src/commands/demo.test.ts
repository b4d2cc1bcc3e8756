import { mkdirSync, readdirSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { blankSector, madeSdkBoot, madeUserImage, phyInit } from "../../../../test/support/made-firmware.js";
import { createDesk, type Run } from "../cli.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
afterEach(() => vi.unstubAllEnvs());

/** Where the demonstration makes its folders. */
function ownTemporaryFolder(name: string): string {
  mkdirSync(files.path(name));
  vi.stubEnv("TMPDIR", files.path(name));
  return files.path(name);
}

const foldersIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith("flashwright-demo-"));

/** What was typed at the console, and what came back, over all commands. */
const atConsole = (run: Run) =>
  run.events().flatMap(({ type, typed, lines }) => (type === "dialogue" ? [[typed, lines]] : []));
const commands = (run: Run) =>
  run.events().flatMap(({ type, command }) => (type === "typed" ? [command as string[]] : []));
const results = (run: Run) =>
  run.events().flatMap((event) => {
    const { result } = event as { result?: { code: string } };
    return result === undefined ? [] : [result.code];
  });
const FLASH_MAP = /^Flash map \S+, manuf 0xe0 chip 0x4016$/;

describe("the first act", () => {
  it("goes from a warning over the doctor's own command to a clean banner, with what was stored kept", async () => {
    const folder = ownTemporaryFolder("one");
    const run = await createDesk().run("demo", "--act", "1", "--json");
    expect(run.code).toBe(0);
    expect(commands(run)).toEqual([
      [
        ...["flash", "--flash-size", "512KB", "0x0", "boot_v1.6.bin", "0x1000", "espruino_esp8266_user1.bin"],
        ...["0x7C000", "esp_init_data_default.bin", "0x7E000", "blank.bin"],
      ],
      ["doctor"],
      ["recover", "--flash-size", "4MB"],
      ["map"],
    ]);
    expect(results(run)).toEqual([
      "flash-written-verified",
      "doctor-healthy",
      "flash-written-verified",
      "map-shown",
      "demo-shown",
    ]);
    const answers = atConsole(run) as [string, string[]][];
    const banners = answers.flatMap(([typed, lines]) =>
      typed === "reset()" ? [lines.slice(lines.findIndex((line) => FLASH_MAP.test(line)))] : [],
    );
    expect(banners).toEqual([
      [
        "Flash map 512KB:256/256, manuf 0xe0 chip 0x4016",
        "WARNING: *** Your flash chip does not match your flash map ***",
      ],
      ["Flash map 4MB:512/512, manuf 0xe0 chip 0x4016"],
    ]);
    const last = Object.fromEntries(answers.slice(-6));
    expect(last).toMatchObject({
      'require("Storage").read("hello.js")': ['="print(42)"'],
      'require("Wifi").getDetails().ssid': ['="garden"'],
      "E.reboot()": [expect.stringMatching(/^Loading \d+ bytes from flash\.\.\.$/)],
      answer: ["=42"],
    });
    expect(foldersIn(folder)).toEqual([]);
  });

  it("shows each command as it would be typed, and every line of a person's output comes from an event", async () => {
    const run = await createDesk().run("demo", "--act", "1");
    expect(run.stdout).toContain("\n$ flashwright doctor\n");
    expect(run.stdout).toContain("\n$ flashwright recover --flash-size 4MB\n");
    expect(run.stdout).toContain('\n  >require("Storage").read("hello.js")\n  ="print(42)"\n');
    expect(run.stdout).toContain("right in form and name, random in content");
    expect(run.stdout).not.toContain("ACT 2");
    expect(run.stderr).toBe("");
  });

  it("takes a maker's files, also from the folder beside", async () => {
    mkdirSync(files.path("release"));
    mkdirSync(files.path("sdk"));
    const user1 = madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 0x20_004 });
    files.write("release/my_user1.bin", user1);
    files.write("release/boot_v1.6.bin", madeSdkBoot("1.6", { runs: true }));
    files.write("sdk/esp_init_data_default_v05.bin", phyInit(5));
    files.write("sdk/esp_init_data_default_v08.bin", phyInit(8));
    files.write("sdk/blank.bin", blankSector());
    const run = await createDesk().run("demo", "--act", "1", "--json", "--firmware", files.path("release"));
    expect(run.code).toBe(0);
    expect(commands(run)[0].slice(3)).toEqual([
      ...["0x0", "boot_v1.6.bin", "0x1000", "my_user1.bin"],
      ...["0x7C000", "esp_init_data_default_v08.bin", "0x7E000", "blank.bin"],
    ]);
    expect(results(run).slice(0, 3)).toEqual([
      "flash-written-verified",
      "doctor-healthy",
      "flash-written-verified",
    ]);
  });
});

describe("the second act", () => {
  it("kills a chip, says why, and brings it back by the doctor's own command", async () => {
    const run = await createDesk().run("demo", "--act", "2", "--json");
    expect(run.code).toBe(0);
    const archive = "espruino_1v95_esp8266_4mb.tgz";
    expect(commands(run).slice(1)).toEqual([["doctor"], ["recover", archive]]);
    const diagnosis = run.events().find(({ type }) => type === "diagnosis");
    expect(diagnosis).toMatchObject({
      findings: [{ code: "finding-settings-in-code", severity: "fatal" }, { severity: "note" }],
      command: ["recover", archive],
    });
    expect(results(run)).toEqual([
      "flash-written-verified",
      "doctor-found",
      "flash-written-verified",
      "demo-shown",
    ]);
    const reboots = (atConsole(run) as [string, string[]][]).filter(([typed]) => typed.endsWith("reboot()"));
    expect(reboots.map(([, lines]) => lines.filter((line) => FLASH_MAP.test(line)))).toEqual([
      [],
      ["Flash map 4MB:1024/1024, manuf 0xe0 chip 0x4016"],
    ]);
    expect(atConsole(run).at(-1)).toEqual(['require("Wifi").getDetails().ssid', ['="garden"']]);
  });
});

describe("the demonstration", () => {
  it("says what is wrong with a folder", async () => {
    mkdirSync(files.path("at"));
    files.write("at/user1.bin", madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 0x20_004 }));
    mkdirSync(files.path("parts"));
    files.write("parts/blank.bin", blankSector());
    const firstLine = async (name: string) => {
      const run = await createDesk().run("demo", "--firmware", files.path(name));
      return [run.code, run.stderr.split("\n")[0]];
    };
    expect(await firstLine("nowhere")).toEqual([1, `error: There is no file ${files.path("nowhere")}.`]);
    expect(await firstLine("parts")).toEqual([
      1,
      "error: parts holds no firmware for the ESP8266 that is recognised.",
    ]);
    expect(await firstLine("at")).toEqual([
      1,
      "error: The first act tells of Espruino's build for 512 KB (ESP8266_BOARD); at is Espruino 2v09, build ESP8266_4MB.",
    ]);
  });

  it.each([
    [["--act", "3"], "choice-invalid"],
    [["--act", "2", "--firmware", "x"], "usage"],
  ])("refuses %j as wrong usage", async (args, code) => {
    const run = await createDesk().run("demo", "--json", ...args);
    expect([run.code, run.events().at(-1)]).toMatchObject([2, { type: "failed", error: { code } }]);
  });

  it("stops on Ctrl-C in the middle of a write, and leaves nothing on the disk", async () => {
    const folder = ownTemporaryFolder("stopped");
    const interruptAt = '"type":"progress","operation":"write"';
    const run = await createDesk().runIn({ interruptAt }, "demo", "--json");
    expect([run.code, run.events().at(-1)]).toEqual([130, { type: "cancelled" }]);
    expect(foldersIn(folder)).toEqual([]);
  });
});
