import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { makeFirmware } from "../demo/make-image.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const { boot } = makeFirmware();
const bootFile = files.write("app.bin", boot);
const dataFile = files.write("data.bin", sampleBytes(0x5000));
const flash = new Uint8Array(0x20000).fill(0xff);
flash.set(boot);
flash.set(sampleBytes(0x5000), 0x10000);

describe("verify", () => {
  it("says that flash holds exactly the files", async () => {
    const run = await createDesk({ flash }).run("verify", "0", bootFile, "64k", dataFile);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/\n51648 bytes verified by MD5: flash holds exactly these bytes\.\n$/);
  });

  it("names the first sector that differs", async () => {
    const other = flash.slice();
    other[0x13005] ^= 1;
    const run = await createDesk({ flash: other }).run("verify", "0x10000", dataFile);
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(
      /^error: Flash does not hold data\.bin: 4 KB \(4096 bytes\) at 0x00013000 are the first that differ\.\n/,
    );
    expect(run.stderr).toMatch(/\n code: flash-differs\n$/);
  });

  it("changes the header as flash did", async () => {
    const desk = createDesk({ flash });
    await desk.run("flash", "--no-watch", "--flash-size", "4MB-c1", "0", bootFile);
    expect((await desk.run("verify", "0", bootFile)).code).toBe(1);
    expect((await desk.run("verify", "--flash-size", "4MB-c1", "0", bootFile)).code).toBe(0);
  });

  it("changes nothing", async () => {
    const desk = createDesk({ flash });
    await desk.run("verify", "0", dataFile);
    expect(desk.board.statistics).toMatchObject({
      sectorErases: 0,
      blockErases: 0,
      chipErases: 0,
      programs: 0,
    });
  });

  it.each([
    ["what does not fit the chip", ["0x3ff000", dataFile], "does-not-fit"],
    ["the ROM loader, which has no MD5", ["--no-stub", "0", dataFile], "needs-stub"],
  ])("refuses %s", async (_, args, error) => {
    const run = await createDesk().run("verify", ...args);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, ` code: ${error}`]);
  });
});
