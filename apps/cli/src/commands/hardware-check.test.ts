import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { sampleBytes } from "./files.fixture.js";

describe("the check of a board", () => {
  it("passes on the virtual board and ends in a block to paste", async () => {
    const run = await createDesk().run("hardware-check");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    const block = run.stdout.slice(
      run.stdout.indexOf("--- flashwright hardware check"),
      run.stdout.indexOf("--- to here"),
    );
    expect(block.split("\n").slice(0, 3)).toEqual([
      "--- flashwright hardware check: paste from here ---",
      "program  a test",
      "port     virtual:esp-12f",
    ]);
    expect(block).toContain(
      "passed   sync with the ROM at 921600: answered on attempt 1, reset sequence tight-short\n",
    );
    expect(block).toContain("passed   unique id of the flash: 128c66d1 9a785634\n");
    expect(block).toContain("skipped  read beyond 4 MB: the flash is not larger than that\n");
    expect(run.stdout).toMatch(/\nChecks: 18 passed, 0 failed, 1 skipped\.\n$/);
  });

  it("changes nothing without --write", async () => {
    const desk = createDesk({ flash: sampleBytes(0x400000) });
    await desk.run("hardware-check");
    expect(desk.board.statistics).toMatchObject({
      sectorErases: 0,
      blockErases: 0,
      chipErases: 0,
      programs: 0,
    });
  });

  it("leaves the flash as it was with --write", async () => {
    const content = sampleBytes(0x400000);
    const desk = createDesk({ flash: content });
    const run = await desk.run("hardware-check", "--write");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(
      "passed   write one sector by the ROM: verified; sectors erased behind it: 1, as expected\n",
    );
    expect(run.stdout).toContain("skipped  write across 4 MB: the flash is not larger than that\n");
    expect(run.stdout).toContain(
      "passed   write under block protection: nothing is written and the stub reports success; once cleared, it is written\n",
    );
    expect(desk.board.statistics.sectorErases).toBeGreaterThan(0);
    expect([Buffer.compare(desk.board.flash, content), desk.board.state.statusRegister]).toEqual([0, 0]);
  });

  it("writes across 4 MB where the flash goes on, and leaves it as it was", async () => {
    const content = sampleBytes(0x1000000);
    const desk = createDesk({ board: "d1-mini-pro", flash: content });
    const run = await desk.run("hardware-check", "--write", "--json");
    expect(run.code).toBe(0);
    const checks = run.events().filter(({ type }) => type === "check");
    expect(checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect(checks.find(({ name }) => name === "write across 4 MB")).toMatchObject({
      detail: "16384 bytes around 0x400000, MD5 right, the start untouched",
    });
    expect(Buffer.compare(desk.board.flash, content)).toBe(0);
  });

  it("restores the flash also after Ctrl-C", async () => {
    const content = sampleBytes(0x400000);
    const desk = createDesk({ flash: content });
    const run = await desk.runIn({ interruptAt: "passed   erase by the stub" }, "hardware-check", "--write");
    expect(run.code).toBe(130);
    expect(desk.board.statistics.sectorErases).toBeGreaterThan(0);
    expect(Buffer.compare(desk.board.flash, content)).toBe(0);
  });

  it("goes on after a check that fails, and fails in the end", async () => {
    const desk = createDesk({
      flash: sampleBytes(0x400000),
      faults: [{ kind: "stuck-bits", offset: 0x3f7010, length: 1, mask: 0x80 }],
    });
    const run = await desk.run("hardware-check", "--write", "--json");
    expect(run.code).toBe(1);
    const failed = run.events().filter(({ type, outcome }) => type === "check" && outcome === "failed");
    expect(failed.map(({ name }) => name)).toContain("write by the stub");
    expect(run.events().at(-1)).toMatchObject({ type: "failed" });
  });

  it("sets no protection where there is one that does not go away", async () => {
    const content = sampleBytes(0x400000);
    const desk = createDesk({ flash: content, faults: [{ kind: "returning-protection" }] });
    const run = await desk.run("hardware-check", "--write");
    expect(run.code).toBe(1);
    expect(run.stdout).toContain(
      "skipped  write under block protection: the status register holds 0x1c, and other settings are not touched\n",
    );
    expect(Buffer.compare(desk.board.flash, content)).toBe(0);
  });

  it("resets by --reset alone and works at --baud", async () => {
    const options = ["--reset", "swapped", "--baud", "115200"];
    const run = await createDesk({ wiring: "swapped" }).run("hardware-check", ...options);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(
      "sync with the ROM at 460800: answered on attempt 1, reset sequence swapped\n",
    );
    const other = await createDesk({ wiring: "inverted-direct" }).run("hardware-check", ...options);
    expect(other.code).toBe(1);
    expect(other.stdout).toContain("failed   connect with the stub: ");
  });

  it("skips what needs a reset line", async () => {
    const desk = createDesk({ wiring: "none" });
    desk.board.hold("flash");
    desk.board.powerCycle();
    desk.board.release("flash");
    const run = await desk.run("hardware-check");
    expect(run.stdout).toContain("skipped  sync with the ROM at 115200: the port has no reset line\n");
  });
});
