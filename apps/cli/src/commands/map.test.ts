import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { espruinoChip } from "../../../../test/support/made/espruino-chip.js";
import { madeSdkBoot, madeUserImage, phyInit } from "../../../../test/support/made-firmware.js";
import { createDesk } from "../cli.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const desk = createDesk();

describe("map", () => {
  it("lays out a known firmware without a board, and names what goes wrong under a map", async () => {
    const run = await desk.run("map", "--layout", "espruino:ESP8266_4MB@1v95", "--size", "4MB");
    const lines = run.stdout.split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "Espruino 1v95, build ESP8266_4MB under map 4MB (512+512), 4 MB of flash",
      "   Offset                     Size  Region         Erasing it",
      "B  0x00000000..0x00000fff     4 KB  boot           breaks boot",
      "#  0x00001000..0x000eafff   936 KB  user1          breaks boot",
      "*  0x00077000..0x00077fff     4 KB  eeprom         loses data",
    ]);
    expect(lines).toContain(
      "FATAL  Saving Wi-Fi settings erases 4 KB (4096 bytes) of the firmware's own code at 0x0007b000.",
    );
    expect([run.code, run.stderr, desk.opened]).toEqual([0, "", []]);
  });

  it("shows a package under the map that it was linked for", async () => {
    const folder = temporaryFolder();
    folder.write("boot_v1.6.bin", madeSdkBoot("1.6"));
    const user1 = madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 560_004 });
    folder.write("espruino_esp8266_user1.bin", user1);
    folder.write("esp_init_data_default.bin", phyInit());
    folder.write("blank.bin", new Uint8Array(0x1000).fill(0xff));
    const run = await desk.run("map", folder.path("."), "--json");
    const layout = run.events().find(({ type }) => type === "layout");
    expect(layout).toMatchObject({
      layout: { firmware: { family: "espruino", build: "ESP8266_4MB", version: "2v09" }, map: 6 },
      judgement: { map: 6, verdict: "ok" },
    });
    expect([run.code, desk.opened]).toEqual([0, []]);
  });

  it("shows what the regions of a chip hold", async () => {
    const build = { build: "ESP8266_BOARD", version: "2v09" } as const;
    const flash = espruinoChip({
      ...build,
      user1: madeUserImage({ ...build, size: 466_260 }),
      sizeFreq: 0x4f,
      chipSize: 0x400000,
      wifi: { ssid: "home", password: "secret" },
    });
    const own = createDesk({ flash });
    const run = await own.run("map");
    expect(run.stdout).toContain("\nFirmware  Espruino 2v09, build ESP8266_BOARD\n");
    expect(run.stdout).toContain("\n*  0x00077000..0x0007afff    16 KB  storage        data   loses data\n");
    expect(run.stdout).not.toContain("secret");
    expect(run.code).toBe(0);
    expect(own.board.statistics).toMatchObject({ sectorErases: 0, blockErases: 0, programs: 0 });
  });

  it("draws it to scale", async () => {
    const svg = files.path("map.svg");
    const run = await desk.run("map", "--layout", "tasmota", "--size", "1MB", "--svg", svg);
    expect([run.code, run.stdout.split("\n").at(-2)]).toEqual([0, `The map is drawn in ${svg}.`]);
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg .*<\/svg>\s*$/s);
  });

  it("says in a dry run what it would draw, and draws nothing", async () => {
    const path = files.path("dry.svg");
    const wish = ["map", "--layout", "espruino:ESP8266_4MB@2v09", "--size", "4MB-c1", "--svg", path];
    const dry = await desk.run(...wish, "--dry-run", "--json");
    expect(existsSync(path)).toBe(false);
    await desk.run(...wish);
    expect(dry.events().at(-1)).toEqual({
      type: "completed",
      result: { code: "map-planned", params: { name: path, size: readFileSync(path).length } },
    });
  });

  it("explains every flash size name in bits and bytes", async () => {
    const run = await desk.run("map", "--names");
    expect(run.stdout).toContain(
      "\n  6  4MB-c1  32m-c1    32Mbit-C1   32 Mbit    4 MB  1024+1024  0x00101000\n",
    );
    expect(run.stdout).toContain("4m = 4Mbit = 512KB, and 32m = 32Mbit = 4MB");
    expect(run.code).toBe(0);
  });

  it("lists what is known, each as --layout takes it", async () => {
    const run = await desk.run("map", "--list", "--json");
    const [{ known }] = run.events() as [{ known: { layout: string; linkedMap?: number }[] }];
    expect(known).toContainEqual(expect.objectContaining({ layout: "espruino:ESP8266_4MB", linkedMap: 6 }));
    for (const { layout } of known) {
      const shown = await desk.run("map", "--layout", layout, "--size", "4MB-c1", "--chip-size", "16M");
      expect([layout, shown.code]).toEqual([layout, 0]);
    }
  });

  it.each<[string, string[], number, string]>([
    ["a layout and a package", ["x.tgz", "--layout", "at", "--size", "4MB"], 2, "usage"],
    ["a size for a board", ["--size", "4MB"], 2, "usage"],
    ["a layout that nobody knows", ["--layout", "windows", "--size", "4MB"], 2, "layout-unknown"],
    ["a layout without a size", ["--layout", "espruino:ESP8266_4MB"], 2, "layout-needs-size"],
    ["a size of two meanings", ["--layout", "at", "--size", "4M"], 2, "flash-size-ambiguous"],
    ["a package that is not there", [files.path("no.tgz")], 1, "file-missing"],
    [
      "a drawing that cannot be saved",
      ["--layout", "at", "--size", "4MB", "--svg", "/no/x.svg"],
      1,
      "file-unwritable",
    ],
  ])("refuses %s", async (_, args, code, error) => {
    const run = await desk.run("map", "--json", ...args);
    expect([run.code, run.events().at(-1), desk.opened]).toEqual([
      code,
      { type: "failed", error: expect.objectContaining({ code: error }) },
      [],
    ]);
  });

  it("says that nothing was recognised on a blank chip", async () => {
    const run = await createDesk().run("map");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: layout-not-recognised"]);
  });
});
