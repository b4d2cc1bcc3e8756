import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  flashWith,
  madeSdkBoot,
  madeUserImage,
  phyInit,
  storageArea,
  wifiFile,
} from "../../../../test/support/made-firmware.js";
import { createDesk } from "../cli.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const desk = createDesk();
const boot = madeSdkBoot("1.6", { sizeFreq: 0x6f });
const user1 = madeUserImage({ build: "ESP8266_4MB", version: "2v09", size: 560_004 });
const storage = storageArea([wifiFile({ ssid: "home", password: "secret" })], 32, 0x30000);
const dump = flashWith(
  [
    { offset: 0, bytes: boot },
    { offset: 0x1000, bytes: user1 },
    { offset: 0xcb000, bytes: storage },
    { offset: 0x3fc000, bytes: phyInit() },
  ],
  0x400000,
);
const dumpFile = files.write("dump.bin", dump);

describe("image split", () => {
  it("gives boot loader, program, settings and radio defaults by name, and the command that flashes them", async () => {
    const out = files.path("parts");
    const run = await desk.run("image", "split", dumpFile, "-o", out);
    expect([run.code, run.stderr, desk.opened]).toEqual([0, "", []]);
    expect(readdirSync(out)).toEqual([
      "0x00000000-boot.bin",
      "0x00001000-user1.bin",
      "0x000cb000-storage.bin",
      "0x003fc000-phy-init.bin",
    ]);
    const read = (name: string) => new Uint8Array(readFileSync(`${out}/${name}`));
    expect(Buffer.compare(read("0x00000000-boot.bin"), boot)).toBe(0);
    expect(Buffer.compare(read("0x00001000-user1.bin"), user1)).toBe(0);
    expect(read("0x003fc000-phy-init.bin")).toEqual(phyInit());
    expect(run.stdout).toContain(
      `\n  flashwright flash 0x0 ${out}/0x00000000-boot.bin 0x1000 ${out}/0x00001000-user1.bin`,
    );
  });

  it("gives the same flash again when the parts are merged", async () => {
    const out = files.path("again");
    await desk.run("image", "split", dumpFile, "-o", out);
    const pairs = readdirSync(out).flatMap((name) => [name.slice(0, 10), `${out}/${name}`]);
    const merged = files.path("merged.bin");
    const run = await desk.run("image", "merge", "--fill-flash-size", "4MB", "-o", merged, ...pairs);
    expect(run.code).toBe(0);
    expect(Buffer.compare(readFileSync(merged), dump)).toBe(0);
  });

  it("leaves out what is filled with zeros, as makers fill combined files", async () => {
    const combined = new Uint8Array(0x80000);
    const board = madeUserImage({ build: "ESP8266_BOARD", version: "2v09", size: 466_260 });
    combined.set(madeSdkBoot("1.6"));
    combined.set(board, 0x1000);
    combined.set(phyInit(), 0x7c000);
    combined.fill(0xff, 0x7e000, 0x7f000);
    const file = files.write("combined.bin", combined);
    const run = await desk.run("image", "split", file, "-o", files.path("none"), "--dry-run", "--json");
    const parts = run.events().filter(({ type }) => type === "part");
    expect(parts.map(({ offset, size }) => [offset, size])).toEqual([
      [0, 3856],
      [0x1000, 466_260],
      // Fill behind the data in its sector may be data as well.
      [0x7c000, 0x1000],
    ]);
    expect(run.events().at(-1)).toMatchObject({ result: { code: "split-planned", params: { count: 3 } } });
    expect(readdirSync(files.path("."))).not.toContain("none");
  });

  it("keeps what nobody knows as data", async () => {
    const bytes = new Uint8Array(0x4000).fill(0xff);
    bytes.set([1, 2, 3, 4, 5], 0x2010);
    const run = await desk.run("image", "split", files.write("odd.bin", bytes), "-o", "x", "-n", "--json");
    expect(run.events().filter(({ type }) => type === "part")).toEqual([
      { type: "part", file: "x/0x00002010-data.bin", offset: 0x2010, size: 8 },
    ]);
  });

  it.each<[string, Uint8Array]>([
    ["nothing but erased bytes", new Uint8Array(0x2000).fill(0xff)],
    ["less than a sector", new Uint8Array(100)],
  ])("refuses %s", async (_, bytes) => {
    const run = await desk.run("image", "split", files.write("none.bin", bytes), "-o", files.path("no"));
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: nothing-to-split"]);
  });
});
