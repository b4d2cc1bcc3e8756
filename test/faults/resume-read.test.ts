/** A reading whose port is lost in the middle of it. @module */
import { connect, esp8266, type FlashEvent, isConnectionLost, RegionReading } from "@flashwright/core";
import { readBackupAgain, readForBackup } from "@flashwright/core/backup";
import { sessionSource } from "@flashwright/core/diagnose";
import {
  createVirtualBoard,
  createVirtualClock,
  type Fault,
  type VirtualBoard,
} from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const content = noise(0x80000, 31);
const region = { offset: 0x1234, size: 0x60000 };

async function joinOf(board: VirtualBoard, clock = createVirtualClock()) {
  return connect(board.reconnect(), { target: esp8266, clock });
}

/** Reads; after each loss the board is connected again. */
async function readThrough(faults: readonly Fault[], meanwhile: (board: VirtualBoard) => void = () => {}) {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ flash: content, clock, pace: "line", faults });
  const events: FlashEvent[] = [];
  const reading = new RegionReading(region);
  for (let losses = 0; ; losses++) {
    const session = await joinOf(board, clock);
    try {
      const bytes = await reading.run(session, { onEvent: (event) => events.push(event) });
      return { bytes, losses, events, board };
    } catch (error) {
      if (!isConnectionLost(error) || losses === 3) throw error;
      meanwhile(board);
    }
  }
}

const readings = (events: readonly FlashEvent[]) =>
  events.flatMap((event) => (event.type === "started" && event.operation === "read" ? [event.region] : []));
const cut: Fault = { kind: "cut-line", direction: "to-host", after: 0x48000 };

describe("a reading whose port is lost", () => {
  it("goes on behind what has arrived, which is compared and not read again", async () => {
    const { bytes, losses, events } = await readThrough([cut]);
    expect([losses, Buffer.compare(bytes, content.subarray(0x1234, 0x61234))]).toEqual([1, 0]);
    const [first, second, ...more] = readings(events);
    expect([first, more]).toEqual([region, []]);
    expect(second.offset).toBeGreaterThan(region.offset + 0x40000);
    expect(second.offset + second.size).toBe(region.offset + region.size);
    const done = second.offset - region.offset;
    expect(events.filter(({ type }) => type === "note")).toEqual([
      { type: "note", code: "read-resumed", params: { left: region.size - done, size: region.size } },
    ]);
  });

  it("reads again what the board has changed in between", async () => {
    const { bytes, board } = await readThrough([cut], ({ flash }) => flash.fill(0x11, 0x20000, 0x20010));
    expect(bytes[0x20000 - 0x1234]).toBe(0x11);
    expect(Buffer.compare(bytes, board.flash.subarray(0x1234, 0x61234))).toBe(0);
  });

  it("reads again what had arrived damaged and was not proven yet", async () => {
    const damage: Fault = { kind: "corrupt-bytes", direction: "to-host", after: 0x30000 };
    const { bytes, losses } = await readThrough([damage, cut]);
    expect([losses, Buffer.compare(bytes, content.subarray(0x1234, 0x61234))]).toEqual([1, 0]);
  });

  it("allocates nothing for what no chip can hold", async () => {
    const session = await joinOf(createVirtualBoard());
    const reading = new RegionReading({ offset: 0, size: 2 ** 45 });
    await expect(reading.run(session)).rejects.toMatchObject({ code: "region-outside-flash" });
  });
});

describe("what was read for a backup", () => {
  it("is of one moment after it was compared in a later session, blank sectors among it", async () => {
    const board = createVirtualBoard({ flash: content });
    const first = await joinOf(board);
    const early = await readForBackup(sessionSource(first), [{ offset: 0x40000, size: 0x80000 }]);
    board.flash.fill(0x22, 0x50000, 0x50004);
    board.flash.fill(0x33, 0xa0000, 0xa0004);
    board.flash.fill(0xff, 0x60000, 0x61000);
    const late = await readBackupAgain(await joinOf(board), early);
    const again = await readForBackup(sessionSource(await joinOf(board)), [
      { offset: 0x40000, size: 0x80000 },
    ]);
    expect(late).toEqual(again);
    expect(late).not.toEqual(early);
  });
});
