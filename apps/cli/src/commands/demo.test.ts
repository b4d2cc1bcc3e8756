import { mkdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { blankSector, madeSdkBoot, madeUserImage, phyInit } from "../../../../test/support/made-firmware.js";
import { createDesk } from "../cli.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();

describe("the demonstration", () => {
  it("does the whole job on the virtual board, and every line comes from an event", async () => {
    const run = await createDesk().run("demo", "--json");
    expect(run.code).toBe(0);
    const events = run.events();
    const types = events.map(({ type }) => type).filter((type) => type !== "progress");
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual([
      "connecting",
      "connected",
      ...["started", "finished", "started", "finished"],
      "planned",
      ...["started", "finished", "started", "finished", "started", "finished", "started", "finished"],
      "boot",
      "verdict",
      "map",
      "completed",
    ]);
    expect(events.find(({ type }) => type === "verdict")).toMatchObject({ verdict: "boots" });
    expect(events.at(-1)).toMatchObject({ result: { code: "flash-written-verified" } });
  });

  it("draws what is where, without a gap", async () => {
    const run = await createDesk().run("demo");
    expect(run.stdout.slice(run.stdout.indexOf("Flash map")).split("\n").slice(0, -2)).toEqual([
      "Flash map, 4 MB (4194304 bytes)",
      "  0x00000000  #.###############...............................................",
      "  0x00200000  ...............................................................+",
      "  one cell = 32 KB: # written now, + kept, . blank",
      "  # 0x00000000..0x000079bf   31168 B  made.flash.bin",
      "  . 0x000079c0..0x00007fff    1600 B  blank, in an image's sector",
      "  . 0x00008000..0x0000ffff     32 KB  blank",
      "  # 0x00010000..0x00080a2f  461360 B  made.irom0text.bin",
      "  + 0x00080a30..0x00080fff    1488 B  earlier content in an image's sector, kept",
      "  . 0x00081000..0x003fcfff   3568 KB  blank",
      "  + 0x003fd000..0x003fdfff      4 KB  earlier content, not touched",
      "  . 0x003fe000..0x003fffff      8 KB  blank",
    ]);
    expect(run.stdout).toContain("The firmware is made for this demonstration");
  });

  it("puts a maker's files where the map has them, also from the folder beside", async () => {
    mkdirSync(files.path("release"));
    mkdirSync(files.path("sdk"));
    const user1 = madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 0x20_004 });
    files.write("release/my_user1.bin", user1);
    files.write("release/boot_v1.6.bin", madeSdkBoot("1.6"));
    files.write("sdk/esp_init_data_default_v05.bin", phyInit(5));
    files.write("sdk/esp_init_data_default_v08.bin", phyInit(8));
    files.write("sdk/blank.bin", blankSector());
    const run = await createDesk().run("demo", "--json", "--firmware", files.path("release"));
    const planned = run.events().find(({ type }) => type === "planned") as { plan: { images: object[] } };
    expect(planned.plan.images).toMatchObject([
      { name: "boot_v1.6.bin", offset: 0 },
      { name: "my_user1.bin", offset: 0x1000 },
      { name: "esp_init_data_default_v08.bin", offset: 0x3fc000 },
      { name: "blank.bin", offset: 0x3fe000 },
    ]);
    expect(run.code).toBe(0);
  });

  it("says what is wrong with a folder", async () => {
    const nowhere = await createDesk().run("demo", "--firmware", files.path("nowhere"));
    expect([nowhere.code, nowhere.stderr.split("\n")[0]]).toEqual([
      1,
      `error: There is no file ${files.path("nowhere")}.`,
    ]);
    const sdk = await createDesk().run("demo", "--firmware", files.path("sdk"));
    expect([sdk.code, sdk.stderr.split("\n")[0]]).toEqual([
      1,
      "error: sdk holds no firmware for the ESP8266 that is recognised.",
    ]);
  });

  it("stops on Ctrl-C in the middle of a write", async () => {
    const run = await createDesk().runIn(
      { interruptAt: '"type":"progress","operation":"write"' },
      "demo",
      "--json",
    );
    expect([run.code, run.events().at(-1)]).toEqual([130, { type: "cancelled" }]);
  });
});
