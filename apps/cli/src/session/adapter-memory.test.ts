import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDesk, type Desk, type Run, usbPort } from "../cli.fixture.js";

/** A board whose adapter swaps the lines; its first reset does nothing useful. */
const swappedDesk = () => createDesk({ wiring: "swapped" });
const memoryOf = ({ dataFolder }: Desk) => join(dataFolder, "adapters.json");
const resetsOf = (run: Run) =>
  run.events().flatMap((event) => (event.type === "connecting" ? [event.reset] : []));
const info = ["info", "--json"];

function remember(desk: Desk, content: unknown): void {
  mkdirSync(desk.dataFolder, { recursive: true });
  writeFileSync(memoryOf(desk), typeof content === "string" ? content : JSON.stringify(content));
}

const entry = (reset: string, baudRate: number, date = "2026-11-20T00:00:00.000Z") => ({
  format: "flashwright/adapters",
  version: 1,
  adapters: { "10c4:ea60:0001": { reset, baudRate, date } },
});

describe("the memory of adapters", () => {
  it("holds what won, and the next program begins with it", async () => {
    const desk = swappedDesk();
    const first = await desk.run(...info);
    expect([first.code, resetsOf(first)[0], resetsOf(first).at(-1)]).toEqual([0, "tight-short", "swapped"]);
    expect(JSON.parse(readFileSync(memoryOf(desk), "utf8"))).toEqual(
      entry("swapped", 921_600, "2026-11-22T21:05:00.000Z"),
    );
    const second = await desk.run(...info);
    expect([second.code, resetsOf(second)]).toEqual([0, ["swapped"]]);
  });

  it.runIf(process.platform !== "win32")("is for its owner alone", async () => {
    const desk = swappedDesk();
    await desk.run(...info);
    expect(statSync(memoryOf(desk)).mode & 0o777).toBe(0o600);
  });

  it("is not written where the first try was good, nor where the reset was prescribed", async () => {
    const good = createDesk();
    await good.run(...info);
    expect(() => statSync(memoryOf(good))).toThrow();
    const told = swappedDesk();
    expect((await told.run(...info, "--reset", "swapped")).code).toBe(0);
    expect(() => statSync(memoryOf(told))).toThrow();
  });

  it("is trusted no further than one try", async () => {
    const desk = createDesk();
    remember(desk, entry("inverted", 230_400));
    const run = await desk.run(...info);
    expect([run.code, resetsOf(run).slice(0, 2)]).toEqual([0, ["inverted", "tight-short"]]);
    expect(run.events().find(({ type }) => type === "connected")).toMatchObject({ baudRate: 230_400 });
  });

  it("is of one adapter: another of its type, by its serial number, begins as every other", async () => {
    const desk = createDesk();
    remember(desk, entry("inverted", 115_200));
    const run = await desk.runIn({ listPorts: async () => [{ ...usbPort, serialNumber: "0002" }] }, ...info);
    expect(resetsOf(run)).toEqual(["tight-short"]);
  });

  it("is forgotten after a month", async () => {
    const desk = createDesk();
    remember(desk, entry("inverted", 115_200, "2026-10-01T00:00:00.000Z"));
    expect(resetsOf(await desk.run(...info))).toEqual(["tight-short"]);
  });

  it.each([
    ["no JSON", "{"],
    ["another format", { format: "other" }],
    ["a rate that is none", entry("swapped", -1)],
    ["a name that is none", entry("no-such-reset", 460_800)],
  ])("does no harm where it holds %s", async (_, content) => {
    const desk = createDesk();
    remember(desk, content);
    const run = await desk.run(...info);
    expect([run.code, resetsOf(run)]).toEqual([0, ["tight-short"]]);
  });

  it("does no harm where it cannot be written", async () => {
    const desk = swappedDesk();
    writeFileSync(desk.dataFolder, "a file where the folder should be");
    expect((await desk.run(...info)).code).toBe(0);
  });
});

describe("--reset and --baud", () => {
  it("takes a sequence", async () => {
    const run = await createDesk().run(...info, "--reset", "D0 R1 W100 D1 R0 W50 D0");
    expect([run.code, resetsOf(run)]).toEqual([0, ["custom"]]);
  });

  it("refuses what is none before anything is opened", async () => {
    const desk = createDesk();
    const run = await desk.run(...info, "--reset", "D0 X1");
    expect(run.code).not.toBe(0);
    expect(desk.opened).toEqual([]);
    expect(run.events().at(-1)).toMatchObject({ type: "failed", error: { code: "reset-invalid" } });
  });

  it("takes the reset of the settings", async () => {
    const run = await swappedDesk().runIn({ env: { FLASHWRIGHT_RESET: "swapped" } }, ...info);
    expect([run.code, resetsOf(run)]).toEqual([0, ["swapped"]]);
  });

  it.each([
    ["auto", 921_600],
    ["230400", 230_400],
  ])("--baud %s works at %d through a CP2102", async (text, baudRate) => {
    const run = await createDesk().run(...info, "--baud", text);
    expect(run.events().find(({ type }) => type === "connected")).toMatchObject({ baudRate });
  });
});
