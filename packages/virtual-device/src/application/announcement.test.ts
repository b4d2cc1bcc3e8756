import { describe, expect, it } from "vitest";
import { textBytes } from "../bytes.js";
import { createVirtualBoard } from "../index.js";
import { concat, words } from "../testing/host.js";
import { image } from "../testing/image.js";

const IRAM = 0x40100000;
const announcement = (baudRate: number, text: string, length = text.length): Uint8Array =>
  concat(textBytes("VCHIPSAY"), words(baudRate, length), textBytes(text));
/** A board that boots this program. */
const boot = (program: Uint8Array, entry = IRAM) => {
  const bytes = concat(program, new Uint8Array((4 - (program.length % 4)) % 4));
  return createVirtualBoard({ flash: image([{ address: IRAM, bytes }], { entry }) });
};

describe("an application that is an announcement", () => {
  it("prints its text at its own rate", () => {
    const board = boot(announcement(115_200, "ready\r\n"));
    expect(board.uartLog).toMatch(/csum 0x..\r\n\n?\[115299 baud\]\nready\r\n$/);
    expect(board.state.mode).toBe("application");
  });

  it.each([
    ["another mark", announcement(115_200, "x").fill(0x56, 0, 8)],
    ["no rate", announcement(0, "x")],
    ["a text that is too long", announcement(115_200, "x", 1025)],
  ])("is silent with %s, as any other firmware here", (_, program) => {
    const board = boot(program);
    expect(board.uartLog).toMatch(/csum 0x..\r\n$/);
    expect(board.state.mode).toBe("application");
  });

  it("is not looked for where code runs from flash", () => {
    expect(boot(announcement(115_200, "x"), 0x40210000).state.mode).toBe("application");
  });
});
