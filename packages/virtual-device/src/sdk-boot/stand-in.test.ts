import { describe, expect, it } from "vitest";
import { textBytes } from "../bytes.js";
import { createVirtualBoard } from "../index.js";
import { concat } from "../testing/host.js";
import { image, segment, slotImage } from "../testing/image.js";

const IRAM = 0x40100000;

/** A chip with a boot loader whose first bytes are these, and a firmware that nobody knows behind it. */
function boardWith(program: string, map = 0x6f, entry = IRAM) {
  const bytes = concat(textBytes(program), new Uint8Array(-program.length & 3));
  const flash = new Uint8Array(0x400000).fill(0xff);
  flash.set(image([{ address: IRAM, bytes }], { mode: 2, map, entry }));
  flash.set(slotImage(0, new Uint8Array(32), image([segment(IRAM, 16)])), 0x1000);
  return createVirtualBoard({ flash });
}

describe("a stand-in for the SDK's boot loader", () => {
  it("is played as 1.6, with the header that lies in flash, and starts what lies in the slot", () => {
    const board = boardWith("VCHIPSDK");
    expect(board.uartLog).toContain(
      "\r\n2nd boot version : 1.6\r\n  SPI Speed      : 80MHz\r\n  SPI Mode       : DIO\r\n" +
        "  SPI Flash Size & Map: 32Mbit(1024KB+1024KB)\r\nno GPIO select!\r\njump to run user1 @ 1000\r\n\r\n",
    );
    expect(board.state.mode).toBe("application");
  });

  it("has to be at the entry point, in RAM", () => {
    expect(boardWith("VCHIPSDX").uartLog).not.toContain("2nd boot");
    expect(boardWith("xxxxVCHIPSDK").uartLog).not.toContain("2nd boot");
    expect(boardWith("xxxxVCHIPSDK", 0x6f, IRAM + 4).uartLog).toContain("2nd boot version : 1.6");
    expect(boardWith("VCHIPSDK", 0x6f, 0x40210000).uartLog).not.toContain("2nd boot");
  });
});
