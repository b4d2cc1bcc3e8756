import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { FlasherError } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const content = sampleBytes(0x80000);

describe("read", () => {
  it("brings a region into a file", async () => {
    const run = await createDesk({ flash: content }).run("read", "0x1001", "4k", files.path("part.bin"));
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain("Reading 0x00001001..0x00002000, 4 KB (4096 bytes)\n");
    expect(run.stdout).toMatch(
      /\n4 KB \(4096 bytes\) read from 0x00001001 in \d+\.\d s \(\d+ kbit\/s\), verified by MD5\.\n$/,
    );
    expect(new Uint8Array(readFileSync(files.path("part.bin")))).toEqual(content.subarray(0x1001, 0x2001));
  });

  it("takes ALL for the rest of the flash, whatever its size", async () => {
    const run = await createDesk({ board: "esp-01", flash: content }).run(
      "read",
      "0x7f000",
      "all",
      files.path("tail.bin"),
    );
    expect(run.code).toBe(0);
    expect(new Uint8Array(readFileSync(files.path("tail.bin")))).toEqual(content.subarray(0x7f000));
  });

  it("replaces the old file only when it has everything", async () => {
    writeFileSync(files.path("old.bin"), "precious");
    const desk = createDesk({ faults: [{ kind: "cut-line", direction: "to-host", after: 3000 }] });
    const openings: string[] = [];
    const openTransport = async (label: string) => {
      if (openings.push(label) > 1) throw new FlasherError("port-not-found", { label });
      return desk.board.reconnect();
    };
    const run = await desk.runIn({ openTransport }, "read", "0", "64k", files.path("old.bin"));
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: port-away"]);
    expect(readFileSync(files.path("old.bin"), "utf8")).toBe("precious");
    expect(existsSync(files.path("old.bin.part"))).toBe(false);
  });

  it.each<[string, string[], number, string]>([
    ["a length of nothing", ["0", "0", "x"], 2, "number-invalid"],
    ["a length that is none", ["0", "many", "x"], 2, "number-invalid"],
    ["a missing file name", ["0", "4k"], 2, "usage"],
    ["one argument too many", ["0", "4k", "x", "y"], 2, "usage"],
    ["a folder that does not exist", ["0", "4k", files.path("no/such/file")], 1, "file-unwritable"],
  ])("refuses %s before any port is opened", async (_, args, code, error) => {
    const desk = createDesk();
    const run = await desk.run("read", ...args);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([code, ` code: ${error}`]);
    expect(desk.opened).toEqual([]);
  });

  it.each([
    ["what lies outside of the flash", [], "region-outside-flash"],
    ["the ROM loader, which cannot read", ["--no-stub"], "needs-stub"],
  ])("refuses %s", async (_, options, error) => {
    const run = await createDesk().run("read", ...options, "0x3ff000", "8k", files.path("no.bin"));
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, ` code: ${error}`]);
    expect(existsSync(files.path("no.bin"))).toBe(false);
  });
});
