import { beforeEach, describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../cli.fixture.js";
import { makeFirmware } from "../demo/make-image.js";
import { sampleBytes, temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const { boot, irom } = makeFirmware();
const bootFile = files.write("app.bin", boot);
const dataFile = files.write("data.bin", sampleBytes(5000));
const foreign = boot.slice();
foreign.set([0xe9, 4, 2, 0x20], 0);
const flashOf = ({ board }: Desk, offset: number, size: number) => board.flash.slice(offset, offset + size);

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});

describe("flash", () => {
  it("writes, verifies, starts the board and says all of it", async () => {
    const run = await desk.run("flash", "0x0", bootFile);
    expect(run.stdout.split("\n")).toEqual([
      "Connecting at 460800 baud, reset: tight-short",
      "Chip    ESP8266EX, crystal 26 MHz",
      "MAC     5c:cf:7f:02:9a:b7 (chip id 0x00029ab7)",
      "Flash   4 MB (4194304 bytes), id e0 4016 (BergMicro)",
      "Loader  stub at 921600 baud",
      "Reading 0x000079c0..0x00007fff, 1600 bytes",
      "  read 0x000079c0..0x00007fff in 0 ms",
      "Plan",
      "  write     0x00000000..0x00007fff   32 KB  app.bin",
      "    around  0x000079c0..0x00007fff  1600 B  blank",
      "Writing 0x00000000..0x00007fff, 32 KB (32768 bytes)",
      "  written 0x00000000..0x00007fff in 0 ms",
      "Verifying 0x00000000..0x00007fff, 32 KB (32768 bytes)",
      "  verified 0x00000000..0x00007fff in 0 ms",
      "The board starts",
      "  | ets Jan  8 2013,rst cause:2, boot mode:(3,6)",
      "  | load 0x40100000, len 27712, room 16",
      "  | tail 0",
      "  | chksum 0xd3",
      "  | load 0x3ffe8000, len 900, room 8",
      "  | tail 12",
      "  | chksum 0x0b",
      "  | ho 0 tail 12 room 4",
      "  | load 0x3ffe8384, len 2512, room 12",
      "  | tail 4",
      "  | chksum 0x14",
      "  | csum 0x14",
      "  | hello, this image was made for a demo and is no firmware",
      "The firmware runs: it printed “hello, this image was made for a demo and is no firmware”.",
      expect.stringMatching(
        /^32 KB \(32768 bytes\) written and verified by MD5 in 0\.0 s \(0 kbit\/s, \d+ bytes over the wire\)\.$/,
      ),
      "",
    ]);
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(flashOf(desk, 0, boot.length)).toEqual(boot);
  });

  it("keeps what shares a sector with an image", async () => {
    desk.board.flash.set([1, 2, 3, 4], 0x11ffc);
    const run = await desk.run("flash", "--no-watch", "0x10000", dataFile);
    expect(run.stdout).toContain(
      "    around  0x00011388..0x00011fff  3192 B  kept: read and written again\n",
    );
    expect(flashOf(desk, 0x10000, 5000)).toEqual(sampleBytes(5000));
    expect(flashOf(desk, 0x11ffc, 4)).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it("says what a flash size means, and what it changed in the header", async () => {
    const run = await desk.run(
      "flash",
      "--no-watch",
      "-fs",
      "32m-c1",
      "-fm",
      "dout",
      "-ff",
      "80m",
      "0",
      bootFile,
    );
    expect(run.stdout).toContain("note: 32m-c1 = 32 Mbit = 4MB-c1, map 1024+1024; not 4MB or 4MB-c2.\n");
    expect(run.stdout).toContain("  app.bin: Header byte 2: flash mode dio becomes dout.\n");
    expect(run.stdout).toContain("  app.bin: Header byte 3: flash size 4MB becomes 4MB-c1.\n");
    expect(flashOf(desk, 2, 2)).toEqual(Uint8Array.of(3, 0x6f));
  });

  it("keeps the header unless asked, and takes the chip's size with detect", async () => {
    desk = createDesk({ board: "esp-01s" });
    const kept = await desk.run("flash", "--no-watch", "0", bootFile);
    expect(flashOf(desk, 3, 1)).toEqual(Uint8Array.of(0x40));
    expect(kept.stdout).toContain("warning: The header of app.bin says 4 MB (4194304 bytes) of flash (4MB)");
    await desk.run("flash", "--no-watch", "--flash-size", "detect", "0", bootFile);
    expect(flashOf(desk, 3, 1)).toEqual(Uint8Array.of(0x20));
  });

  it("writes nothing on a dry run", async () => {
    const before = desk.board.flash.slice();
    const run = await desk.run("flash", "--dry-run", "--json", "0", bootFile);
    expect(run.code).toBe(0);
    expect(run.events().map(({ type }) => type)).toEqual([
      ...["connecting", "connected"],
      ...["started", "progress", "finished"],
      ...["planned", "completed"],
    ]);
    expect(run.events().at(-1)).toEqual({ type: "completed", result: { code: "plan-made", params: {} } });
    expect(Buffer.compare(desk.board.flash, before)).toBe(0);
    expect(desk.board.statistics).toMatchObject({
      sectorErases: 0,
      blockErases: 0,
      chipErases: 0,
      programs: 0,
    });
  });

  it("says that the ROM loader proves less and loses more", async () => {
    const run = await desk.run("flash", "--no-stub", "--no-watch", "0", bootFile);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("Loader  ROM loader at 460800 baud\n");
    expect(run.stdout).toContain(
      "warning: 1600 bytes at 0x000079c0 are erased with the sectors of app.bin; what they hold is lost.\n",
    );
    expect(run.stdout).toMatch(/each block checked by the ROM, not MD5-verified\.\n$/);
    expect(flashOf(desk, 0, boot.length)).toEqual(boot);
  });

  it("fails with the reason where the board does not boot", async () => {
    const damaged = boot.slice();
    damaged[5000] ^= 1;
    const run = await desk.run("flash", "0", files.write("damaged.bin", damaged));
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("warning: damaged.bin: The image is damaged");
    expect(run.stderr.split("\n")).toEqual([
      "error: The image in flash does not have its own checksum: it is damaged, cut off or misread.",
      " hint: Write it again and verify it; if that does not help, use 40 MHz and a stronger 3.3 V supply.",
      " code: boot-checksum-error",
      "",
    ]);
    const json = await desk.run("flash", "--json", "0", files.path("damaged.bin"));
    expect(json.events().slice(-3)).toMatchObject([
      { type: "verdict", verdict: "does-not-boot", code: "boot-checksum-error" },
      { type: "note", code: "flash-written-verified" },
      { type: "failed", error: { code: "boot-checksum-error" } },
    ]);
  });

  it("erases the whole chip first where asked", async () => {
    desk.board.flash.fill(0x55);
    const run = await desk.run("flash", "--erase-all", "--no-watch", "0", bootFile);
    expect(run.stdout).toContain("  erase     0x00000000..0x003fffff    4 MB  the whole chip, first\n");
    const rest = desk.board.flash.subarray(0x8000);
    expect(rest.every((byte) => byte === 0xff)).toBe(true);
  });

  it("starts the firmware by a jump where there is no reset line", async () => {
    desk = createDesk({ wiring: "none" });
    desk.board.hold("flash");
    desk.board.powerCycle();
    desk.board.release("flash");
    const run = await desk.run("flash", "--before", "no-reset", "0", bootFile);
    expect(run.stdout).toContain("Connecting at 115200 baud, without a reset\n");
    expect(run.stdout).toContain("  | csum 0x14\n");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(desk.board.state.mode).toBe("application");
  });

  it("stays in the loader where asked", async () => {
    const run = await desk.run("flash", "--after", "no-reset", "0", bootFile);
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain("The board starts");
    expect(desk.board.state.mode).toBe("stub");
  });

  it("goes on with a stub that an earlier command left", async () => {
    await desk.run("info", "--after", "no-reset");
    const run = await desk.run(
      "verify",
      "--before",
      "no-reset",
      "0x10",
      files.write("ff.bin", sampleBytes(16).fill(0xff)),
    );
    expect([run.code, run.stderr]).toEqual([0, ""]);
  });
});

describe("flash, before any port is opened", () => {
  it.each<[string, string[], number, string]>([
    ["a file that is not there", ["0", files.path("no.bin")], 1, "file-missing"],
    ["an empty file", ["0", files.write("empty.bin", new Uint8Array(0))], 1, "file-empty"],
    ["a folder", ["0", files.path(".")], 1, "file-unreadable"],
    ["files that overlap", ["0", bootFile, "0x1000", dataFile], 1, "images-overlap"],
    ["an offset between words", ["0x1002", dataFile], 1, "offset-misaligned"],
    ["what no chip can hold", ["15M", files.write("2m.bin", new Uint8Array(0x200000))], 1, "does-not-fit"],
    ["what the named chip cannot hold", ["--chip-size", "512k", "0x7f000", dataFile], 1, "does-not-fit"],
    ["an address without a file", ["0x0"], 2, "pairs-odd"],
    ["a file in place of an address", [bootFile, "0x0"], 2, "number-invalid"],
    ["a size of no chip", ["--flash-size", "3MB", "0", bootFile], 2, "flash-size-unknown"],
    ["a size of two meanings", ["--flash-size", "4M", "0", bootFile], 2, "flash-size-ambiguous"],
    ["an unknown mode", ["--flash-mode", "quad", "0", bootFile], 2, "flash-mode-unknown"],
    ["an unknown frequency", ["--flash-freq", "50m", "0", bootFile], 2, "flash-freq-unknown"],
    ["nothing", [], 2, "nothing-to-write"],
  ])("refuses %s", async (_, args, code, error) => {
    const run = await desk.run("flash", "--json", ...args);
    expect([run.code, run.events()]).toEqual([
      code,
      [{ type: "failed", error: expect.objectContaining({ code: error }) }],
    ]);
    expect(desk.opened).toEqual([]);
  });

  it("refuses an image for another chip", async () => {
    const esp32 = new Uint8Array(64);
    // An extended header of 24 bytes with chip id 0, an entry and a segment in the ESP32's own memory.
    esp32.set([0xe9, 1, 2, 0x20, 0x00, 0x00, 0x08, 0x40, 0xee]);
    esp32.set([0x00, 0x00, 0x08, 0x40, 0x10], 24);
    const run = await desk.run("flash", "0", files.write("esp32.bin", esp32));
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: image-other-chip"]);
    expect(desk.opened).toEqual([]);
  });

  it("refuses what the board that is there cannot hold, and leaves the port free", async () => {
    desk = createDesk({ board: "esp-01" });
    const run = await desk.run("flash", "0x10000", files.write("irom.bin", irom), "0x90000", dataFile);
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: does-not-fit"]);
    expect((await desk.board.transport.closed).reason).toBe("closed");
  });
});
