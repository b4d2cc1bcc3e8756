import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { madeSdkBoot, madeUserImage, phyInit } from "../../../../test/support/made-firmware.js";
import { createDesk } from "../cli.fixture.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const desk = createDesk();
const boot = madeSdkBoot("1.6");
const bootFile = files.write("boot_v1.6.bin", boot);
const dataFile = files.write("data.bin", sampleBytes(5000));
const out = files.path("out.bin");
const merged = () => new Uint8Array(readFileSync(out));

describe("image merge", () => {
  it("fills gaps with erased bytes and ends with the last file", async () => {
    const run = await desk.run("image", "merge", "-o", out, "0x2000", dataFile, "0", bootFile);
    expect([run.code, run.stderr, desk.opened]).toEqual([0, "", []]);
    expect(run.stdout.split("\n").slice(-2)).toEqual(["out.bin, 13192 bytes, is written.", ""]);
    const expected = new Uint8Array(0x2000 + 5000).fill(0xff);
    expected.set(boot);
    expected.set(sampleBytes(5000), 0x2000);
    expect(Buffer.compare(merged(), expected)).toBe(0);
  });

  it("puts flash parameters into the header at offset 0", async () => {
    const run = await desk.run(
      "image",
      "merge",
      "-o",
      out,
      "-fs",
      "4MB-c1",
      "-fm",
      "dio",
      "-ff",
      "80m",
      "0",
      bootFile,
    );
    expect(run.code).toBe(0);
    expect(merged().slice(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 2, 0x6f));
  });

  it("fills up to a whole flash", async () => {
    const run = await desk.run("image", "merge", "-o", out, "--fill-flash-size", "512KB", "0", bootFile);
    expect([run.code, merged().length]).toEqual([0, 0x80000]);
  });

  it("writes Intel HEX without the gaps", async () => {
    const run = await desk.run("image", "merge", "-o", out, "--format", "hex", "0x3fc000", dataFile);
    expect(run.code).toBe(0);
    const lines = readFileSync(out, "utf8").trimEnd().split("\n");
    expect([lines[0], lines[1].slice(0, 9), lines.at(-1)]).toEqual([
      ":02000004003FBB",
      ":10C00000",
      ":00000001FF",
    ]);
    expect(lines.length).toBe(1 + Math.ceil(5000 / 16) + 1);
  });

  it("takes a package with the map that its firmware was linked for", async () => {
    const user1 = madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 560_004 });
    const folder = temporaryFolder();
    folder.write("boot_v1.6.bin", boot);
    folder.write("espruino_esp8266_user1.bin", user1);
    folder.write("esp_init_data_default.bin", phyInit());
    folder.write("blank.bin", new Uint8Array(0x1000).fill(0xff));
    const run = await desk.run("image", "merge", "-o", out, folder.path("."));
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(merged().slice(0, 4)).toEqual(Uint8Array.of(0xe9, 3, 0, 0x6f));
    expect(merged().slice(0x3fc000, 0x3fc080)).toEqual(phyInit());
    expect(merged().length).toBe(0x3ff000);
  });

  it("writes nothing on a dry run", async () => {
    const none = files.path("none.bin");
    const run = await desk.run("image", "merge", "-o", none, "-n", "--json", "0", bootFile);
    expect(run.events()).toEqual([
      { type: "part", file: "boot_v1.6.bin", offset: 0, size: 3856 },
      { type: "completed", result: { code: "merge-planned", params: { name: "none.bin", size: 3856 } } },
    ]);
    expect([run.code, existsSync(none)]).toEqual([0, false]);
  });

  it.each<[string, string[], number, string]>([
    ["files that overlap", ["0", bootFile, "0x800", dataFile], 1, "images-overlap"],
    [
      "what is larger than the flash to fill",
      ["--fill-flash-size", "256KB", "0x3f000", dataFile],
      1,
      "does-not-fit",
    ],
    ["a size that only a chip could tell", ["--flash-size", "detect", "0", bootFile], 2, "usage"],
    ["a folder that is not there", ["-o", "/no/such/folder/x.bin", "0", bootFile], 1, "file-unwritable"],
    ["nothing", [], 2, "usage"],
  ])("refuses %s", async (_, args, code, error) => {
    const run = await desk.run("image", "merge", "-o", out, "--json", ...args);
    expect([run.code, run.events().at(-1)]).toEqual([
      code,
      { type: "failed", error: expect.objectContaining({ code: error }) },
    ]);
  });
});
