import { expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { createVirtualBoard, createVirtualClock } from "../index.js";
import { personaBench } from "../testing/persona-bench.js";

const EXCEPTION =
  "jump to run user1 @ 1000\r\n\r\nFatal exception (3): \r\nepc1=0x401000b8, epc2=0x00000000, epc3=0x00000000, " +
  "excvaddr=0x401000df, depc=0x00000000\r\n";

const count = (text: string, part: string) => text.split(part).length - 1;

/** Espruino with one byte of the code that runs in place, or of the RAM part, turned. */
const damagedFlash = (offset: number) => {
  const flash = personaBench({ map: 4 }).board.flash.slice();
  flash[offset]! ^= 0x10;
  return flash;
};

describeWith(["firmware"], "damaged firmware", () => {
  it.each([
    ["code that runs in place", 0x2000],
    ["the part for RAM", 0x6c000],
  ])("crashes at every start after a change in %s", (_, offset) => {
    const board = createVirtualBoard({ flash: damagedFlash(offset) });
    expect(count(board.uartLog, EXCEPTION)).toBe(4);
    expect(count(board.uartLog, "rst cause:2, boot mode:(3,6)")).toBe(3);
    expect(board.uartLog).not.toContain("115299");
    expect(board.state.mode).toBe("hung");
  });

  it("rests after that until something from outside happens, and leaves no timer", async () => {
    const clock = createVirtualClock();
    const board = createVirtualBoard({ flash: damagedFlash(0x2000), clock, pace: "line" });
    await new Promise<void>((resolve) => void clock.setTimer(60_000, resolve));
    expect([count(board.uartLog, EXCEPTION), clock.pendingTimers]).toEqual([4, 0]);
    board.hold("reset");
    board.release("reset");
    await new Promise<void>((resolve) => void clock.setTimer(60_000, resolve));
    expect(count(board.uartLog, EXCEPTION)).toBe(8);
  });

  it("still lets the ROM loader in", async () => {
    const board = createVirtualBoard({ flash: damagedFlash(0x2000) });
    await board.transport.signal([
      { dtr: false, rts: true, waitMs: 100 },
      { dtr: true, rts: false, waitMs: 50 },
      { dtr: false },
    ]);
    expect(board.state.mode).toBe("rom");
  });
});
