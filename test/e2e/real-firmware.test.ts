import { connect, esp8266, type Fill, watchBoot } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock, type VirtualBoard } from "@flashwright/virtual-device";
import { afterAll, beforeAll, expect, it } from "vitest";
import { firstDifference, noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import {
  afterRom,
  atSet,
  espruinoSet,
  type FirmwareSet,
  keptAround,
  withoutOwn,
} from "./support/firmware.js";
import { type FlashSetReport, flashSet } from "./support/flash-set.js";
import { overBarePty, overRfc2217, overTcp, preparePtyWithLines, type Way } from "./support/ways.js";

/** Not blank, so that what is erased, what is kept and what is not touched can all be told apart. */
const before = noise(0x400000, 3);

const fill = (offset: number, end: number, fate: Fill["fate"]): Fill => ({
  region: { offset, size: end - offset },
  fate,
});

/** What the plan must say of the bytes that are neither an image nor untouched. */
const espruinoFills = {
  stub: [
    fill(0xf10, 0x1000, "kept"),
    fill(0x1000 + 466_260, 0x73000, "kept"),
    fill(0x3fc080, 0x3fd000, "kept"),
  ],
  // With the sector behind each single one, which the ROM erases too.
  rom: [
    fill(0xf10, 0x1000, "lost"),
    fill(0x1000 + 466_260, 0x73000, "lost"),
    fill(0x3fc080, 0x3fe000, "lost"),
    fill(0x3ff000, 0x400000, "lost"),
  ],
};

interface Expected {
  readonly set: FirmwareSet;
  readonly flash: Uint8Array;
  readonly loader: "rom" | "stub";
  /** Rates that may have been reached: a computer that is too busy to answer in time makes core step down. */
  readonly baudRates: readonly number[];
  readonly fills: readonly Fill[];
  readonly map: string;
  /** What stands in the log once the firmware runs. */
  readonly says: string;
}

function expectFlashed(board: VirtualBoard, report: FlashSetReport, expected: Expected): void {
  const { set } = expected;
  expect(firstDifference(withoutOwn(board.flash, set), withoutOwn(expected.flash, set))).toBeUndefined();
  const { bootLines, baudRate, ...rest } = report;
  expect(expected.baudRates).toContain(baudRate);
  expect(rest).toEqual({
    loader: expected.loader,
    result: expected.loader === "stub" ? "flash-written-verified" : "flash-written-by-rom",
    fills: expected.fills,
  });
  expect(bootLines.slice(-5)).toEqual([
    "2nd boot version : 1.6",
    "SPI Speed      : 40MHz",
    "SPI Mode       : DIO",
    `SPI Flash Size & Map: ${expected.map}`,
    "jump to run user1 @ 1000",
  ]);
  const log = board.uartLog.slice(board.uartLog.lastIndexOf("load 0x40100000"));
  expect(log).toContain("\r\n2nd boot version : 1.6\r\n");
  expect(log).toContain("\r\njump to run user1 @ 1000\r\n\r\n");
  expect(log.endsWith(expected.says)).toBe(true);
  expect(board.state).toMatchObject({ mode: "application", statusRegister: 0 });
}

function expectEspruino(
  board: VirtualBoard,
  report: FlashSetReport,
  loader: "rom" | "stub",
  baudRates: readonly number[],
): void {
  const set = espruinoSet();
  const flash = (loader === "stub" ? keptAround : afterRom)(before, set);
  const map = "32Mbit(512KB+512KB)";
  const says = "Flash map 4MB:512/512, manuf 0xe0 chip 0x4016\r\n\r\n>";
  expectFlashed(board, report, { set, flash, loader, baudRates, fills: espruinoFills[loader], map, says });
}

async function flashInMemory(set: FirmwareSet, stub: boolean) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: before, clock });
  let written = new Uint8Array(0);
  const onWritten = () => {
    written = board.flash.slice();
  };
  const report = await flashSet(board.transport, set, { clock, stub, onWritten });
  return { board, clock, report, written };
}

describeWith(["firmware"], "Espruino in memory", () => {
  it("with the stub keeps what shares a sector", async () => {
    const { board, report, written } = await flashInMemory(espruinoSet(), true);
    expect(firstDifference(written, keptAround(before, espruinoSet()))).toBeUndefined();
    expectEspruino(board, report, "stub", [460_800]);
  });

  it("starts after every later reset, and the verdict says how far it came", async () => {
    const { board, clock } = await flashInMemory(espruinoSet(), true);
    const session = await connect(board.reconnect(), { target: esp8266, clock });
    const verdict = await watchBoot(session);
    // Its words come at 115200, after boot messages at 74880.
    expect(verdict).toMatchObject({ verdict: "boots", code: "boots-at-other-rate" });
    expect(verdict.evidence).toContain("2nd boot version : 1.6");
  });

  it("with the ROM loses what shares a sector and the sector behind, as announced", async () => {
    const { board, report, written } = await flashInMemory(espruinoSet(), false);
    expect(firstDifference(written, afterRom(before, espruinoSet()))).toBeUndefined();
    expectEspruino(board, report, "rom", [460_800]);
  });
});

describeWith(["firmware"], "the AT firmware in memory", () => {
  it("fills both slots of the map 1024+1024 and starts the first", async () => {
    const { board, report, written } = await flashInMemory(atSet(), true);
    expect(firstDifference(written, keptAround(before, atSet()))).toBeUndefined();
    expectFlashed(board, report, {
      set: atSet(),
      flash: keptAround(before, atSet()),
      loader: "stub",
      baudRates: [460_800],
      fills: [
        fill(0xf10, 0x1000, "kept"),
        fill(0x1000 + 446_196, 0x6e000, "kept"),
        fill(0x101000 + 446_196, 0x16e000, "kept"),
        fill(0x3fc080, 0x3fd000, "kept"),
      ],
      map: "32Mbit(1024KB+1024KB)",
      says: "\r\nready\r\n",
    });
  });
});

/** What real time may lead to. */
const anySyncRate = [460_800, 230_400, 115_200];

/** Both loaders by one way. */
function flashesBy(way: () => Way, baudRates: readonly number[]): void {
  it.each(["stub", "rom"] as const)("flashes with the %s", async (loader) => {
    const board = createVirtualBoard({ flash: before });
    const report = await way()(board, espruinoSet(), loader === "stub");
    expectEspruino(board, report, loader, baudRates);
  });
}

describeWith(["firmware"], "Espruino over raw TCP, without lines, started by a jump", () => {
  flashesBy(() => overTcp, [115_200]);
});

describeWith(["firmware"], "Espruino over RFC 2217", () => {
  flashesBy(() => overRfc2217, anySyncRate);
});

describeWith(["firmware", "pty", "python3"], "Espruino over a pseudo terminal without lines", () => {
  flashesBy(() => overBarePty, anySyncRate);
});

describeWith(["firmware", "linux", "python3", "cc"], "Espruino over a pseudo terminal with lines", () => {
  let lines: Awaited<ReturnType<typeof preparePtyWithLines>>;
  beforeAll(async () => {
    lines = await preparePtyWithLines();
  });
  afterAll(() => lines?.remove());
  flashesBy(() => lines.flash, anySyncRate);
});
