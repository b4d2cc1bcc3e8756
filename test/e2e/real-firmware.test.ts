import { connect, esp8266, type Fill, watchBoot } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock, type VirtualBoard } from "@flashwright/virtual-device";
import { afterAll, beforeAll, expect, it } from "vitest";
import { firstDifference, noise } from "../support/content.js";
import { describeWith } from "../support/requirements.js";
import { afterRom, atSet, espruinoSet, type FirmwareSet, keptAround } from "./support/firmware.js";
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
  readonly flash: Uint8Array;
  readonly loader: "rom" | "stub";
  /** Rates that may have been reached: a computer that is too busy to answer in time makes core step down. */
  readonly baudRates: readonly number[];
  readonly fills: readonly Fill[];
  readonly map: string;
}

function expectFlashed(board: VirtualBoard, report: FlashSetReport, expected: Expected): void {
  expect(firstDifference(board.flash, expected.flash)).toBeUndefined();
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
  expect(log.endsWith("\r\njump to run user1 @ 1000\r\n\r\n")).toBe(true);
  expect(board.state).toMatchObject({ mode: "application", statusRegister: 0 });
}

function expectEspruino(
  board: VirtualBoard,
  report: FlashSetReport,
  loader: "rom" | "stub",
  baudRates: readonly number[],
): void {
  const flash = (loader === "stub" ? keptAround : afterRom)(before, espruinoSet());
  const map = "32Mbit(512KB+512KB)";
  expectFlashed(board, report, { flash, loader, baudRates, fills: espruinoFills[loader], map });
}

async function flashInMemory(set: FirmwareSet, stub: boolean) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: before, clock });
  const report = await flashSet(board.transport, set, { clock, stub });
  return { board, clock, report };
}

describeWith(["firmware"], "Espruino in memory", () => {
  it("with the stub keeps what shares a sector", async () => {
    const { board, report } = await flashInMemory(espruinoSet(), true);
    expectEspruino(board, report, "stub", [460_800]);
  });

  it("starts after every later reset, and the verdict says how far it came", async () => {
    const { board, clock } = await flashInMemory(espruinoSet(), true);
    const session = await connect(board.reconnect(), { target: esp8266, clock });
    const verdict = await watchBoot(session);
    // The virtual chip does not run the firmware itself.
    expect(verdict).toMatchObject({
      verdict: "silent",
      code: "boot-silent-after-jump",
      params: { slot: 1, offset: 0x1000 },
    });
    expect(verdict.evidence).toContain("2nd boot version : 1.6");
    expect(verdict.evidence.at(-1)).toBe("jump to run user1 @ 1000");
  });

  it("with the ROM loses what shares a sector and the sector behind, as announced", async () => {
    const { board, report } = await flashInMemory(espruinoSet(), false);
    expectEspruino(board, report, "rom", [460_800]);
  });
});

describeWith(["firmware"], "the AT firmware in memory", () => {
  it("fills both slots of the map 1024+1024 and starts the first", async () => {
    const { board, report } = await flashInMemory(atSet(), true);
    expectFlashed(board, report, {
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
