import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmdirSync,
  symlinkSync,
} from "node:fs";
import { dirname } from "node:path";
import type { FlasherError } from "@flashwright/core";
import { createVirtualClock } from "@flashwright/virtual-device";
import { beforeEach, describe, expect, it } from "vitest";
import { sampleBytes, temporaryFolder } from "../commands/files.fixture.js";
import { writeBytes } from "../files.js";
import { type FlashFile, openFlashFile } from "./flash-file.js";
import { FlashKeeper } from "./flash-keeper.js";

const files = temporaryFolder();
const SIZE = 0x1000;

/** A flash that is programmed without a chip, in time that passes when it is told to. */
function createBench(file: FlashFile | undefined) {
  const clock = createVirtualClock({ autoAdvance: false });
  const flash = new Uint8Array(SIZE).fill(0xff);
  let programs = 0;
  const board = {
    flash,
    get statistics() {
      return { programs, sectorErases: 0, blockErases: 0, chipErases: 0 } as never;
    },
  };
  const seen: string[] = [];
  const keeper = new FlashKeeper({
    board,
    file,
    clock,
    onSaved: () => seen.push(`saved at ${clock.now()}`),
    onFailed: (error) => seen.push(`${(error as FlasherError).code} at ${clock.now()}`),
  });
  return {
    clock,
    flash,
    keeper,
    seen,
    program(offset: number, byte: number) {
      flash[offset] = byte;
      programs++;
    },
    /** Lets time pass, and then what a save has begun. */
    async pass(ms: number) {
      clock.advance(ms);
      await new Promise(setImmediate);
    },
  };
}

/** A file in memory. */
function memoryFile() {
  const saves: number[] = [];
  let last: Uint8Array | undefined;
  let failure: Error | undefined;
  return {
    saves,
    failWith(error: Error | undefined) {
      failure = error;
    },
    content: new Uint8Array(0),
    async save(flash: Uint8Array) {
      if (failure !== undefined) throw failure;
      if (last !== undefined && Buffer.compare(last, flash) === 0) return false;
      last = flash.slice();
      saves.push(flash[0]!);
      return true;
    },
  };
}

describe("the flash of a served board", () => {
  let file: ReturnType<typeof memoryFile>;
  let bench: ReturnType<typeof createBench>;
  beforeEach(async () => {
    file = memoryFile();
    bench = createBench(file);
    await bench.keeper.save();
    bench.seen.length = 0;
    bench.keeper.start();
  });

  it("is saved a second after it was changed, and not again", async () => {
    await bench.pass(10_000);
    bench.program(0, 1);
    await bench.pass(1000);
    expect(bench.seen).toEqual([]);
    await bench.pass(250);
    expect(bench.seen).toEqual(["saved at 11250"]);
    await bench.pass(60_000);
    expect([bench.seen.length, file.saves]).toEqual([1, [0xff, 1]]);
  });

  it("is not saved while it is being written", async () => {
    for (let byte = 1; byte <= 40; byte++) {
      bench.program(0, byte);
      await bench.pass(250);
    }
    expect(bench.seen).toEqual([]);
    await bench.pass(1000);
    expect(file.saves).toEqual([0xff, 40]);
  });

  it("is saved once more after a failure when it changes again, and the failure is told once", async () => {
    file.failWith(Object.assign(new Error("full"), { code: "file-unwritable" }));
    bench.program(0, 1);
    await bench.pass(1250);
    await bench.pass(5000);
    expect(bench.seen).toEqual(["file-unwritable at 1250"]);
    file.failWith(undefined);
    bench.program(0, 2);
    await bench.pass(1250);
    expect(file.saves).toEqual([0xff, 2]);
  });

  it("is left alone after the end, and no timer stays", async () => {
    bench.program(0, 1);
    bench.keeper.stop();
    await bench.pass(10_000);
    expect([file.saves, bench.clock.pendingTimers]).toEqual([[0xff], 0]);
  });

  it("has no timer where there is no file", () => {
    const { clock, keeper } = createBench(undefined);
    keeper.start();
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("the file of a flash", () => {
  it("keeps its old content when the new one cannot be written", async () => {
    const path = files.write("old.bin", sampleBytes(SIZE));
    const flashFile = await openFlashFile(path, SIZE);
    // What stands where the new one is to be written cannot be overwritten.
    mkdirSync(`${path}.part`);
    await expect(flashFile.save(new Uint8Array(SIZE))).rejects.toMatchObject({ code: "file-unwritable" });
    expect(Uint8Array.from(readFileSync(path))).toEqual(sampleBytes(SIZE));
    rmdirSync(`${path}.part`);
    expect(await flashFile.save(new Uint8Array(SIZE))).toBe(true);
    expect(Uint8Array.from(readFileSync(path))).toEqual(new Uint8Array(SIZE));
  });

  it("is another file after each save, which leaves nothing beside it", async () => {
    const path = files.path("new.bin");
    await writeBytes(path, sampleBytes(16));
    const reader = openSync(path, "r");
    await writeBytes(path, sampleBytes(16, 2));
    const old = new Uint8Array(16);
    readSync(reader, old);
    closeSync(reader);
    expect([old, Uint8Array.from(readFileSync(path))]).toEqual([sampleBytes(16), sampleBytes(16, 2)]);
    expect(readdirSync(dirname(path)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("is written through a link, which stays one", async () => {
    const path = files.write("target.bin", sampleBytes(16));
    const link = files.path("link.bin");
    symlinkSync(path, link);
    await writeBytes(link, sampleBytes(16, 3));
    expect(Uint8Array.from(readFileSync(path))).toEqual(sampleBytes(16, 3));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });
});
