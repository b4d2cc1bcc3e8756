/** A loader that an earlier program left in the middle of something is found, without a reset line. @module */
import { connect, esp8266 } from "@flashwright/core";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { noise } from "../support/content.js";

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

/** A board without lines that waits in its ROM loader. */
function waitingBoard() {
  const clock = createVirtualClock();
  const board = createVirtualBoard({ wiring: "none", pace: "line", clock });
  board.hold("flash");
  board.hold("reset");
  board.release("reset");
  return { clock, board };
}

/** What may lie on the line when the next program comes. */
const leftovers: readonly [string, Uint8Array][] = [
  ["nothing", new Uint8Array(0)],
  ["a single delimiter", bytes("c0")],
  ["two delimiters", bytes("c0 c0")],
  ["a frame that was cut off", bytes("c0 00 08 24 00 00 00")],
  [
    "a data block that was cut off",
    new Uint8Array([...bytes("c0 00 03 10 04 00 00 00 00"), ...noise(600, 3)]),
  ],
  ["a whole frame too many", bytes("c0 00 0a 04 00 00 00 00 00 00 10 00 40 c0")],
  ["an escape that was cut off", bytes("c0 00 0a 04 db")],
];

describe("without a reset line", () => {
  for (const stub of [false, true]) {
    it.each(leftovers)(`finds the ${stub ? "stub" : "ROM loader"} behind %s`, async (_, leftover) => {
      const { clock, board } = waitingBoard();
      await connect(board.transport, { target: esp8266, clock, stub, baudRate: 115_200 });
      await board.transport.write(leftover);
      const again = board.reconnect();
      const session = await connect(again, { target: esp8266, clock, stub, baudRate: 115_200 });
      expect([session.loader.kind, session.chip.mac]).toEqual([stub ? "stub" : "rom", "5c:cf:7f:02:9a:b7"]);
    });
  }

  it.each(leftovers)("returns from the stub to the ROM loader behind %s", async (_, leftover) => {
    const { clock, board } = waitingBoard();
    await connect(board.transport, { target: esp8266, clock, baudRate: 115_200 });
    await board.transport.write(leftover);
    const session = await connect(board.reconnect(), { target: esp8266, clock, stub: false });
    expect(session.loader.kind).toBe("rom");
  });
});
