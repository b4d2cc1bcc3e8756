import { describe, expect, it } from "vitest";
import { createVirtualBoard } from "../index.js";
import { concat, dataRequest, Host, request, SYNC, toHex, unhex, words } from "../testing/host.js";
import { sample } from "../testing/sample.js";

async function inLoader(options: Parameters<typeof createVirtualBoard>[0] = {}) {
  const board = createVirtualBoard(options);
  const host = new Host(board);
  await host.connect();
  return { board, host };
}

describe("frames of the ROM loader, byte for byte", () => {
  /** What goes over the line, without the host's help in between. */
  async function wire(sent: string): Promise<string> {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    const from = board.uartLog.length;
    await host.transport.write(unhex(sent));
    return board.uartLog.slice(from);
  }

  it.each([
    [
      "READ_REG of the chip's magic word",
      "C0 00 0A 04 00 00 00 00 00 00 10 00 40 C0",
      "\\xc0\\x01\n\\x02\\x00\\x01\\xc1\\xf0\\xff\\x00\\x00\\xc0",
    ],
    [
      "READ_REG of the UART divisor",
      "C0 00 0A 04 00 00 00 00 00 14 00 00 60 C0",
      "\\xc0\\x01\n\\x02\\x00\\xc3\\x01\\x00\\x00\\x00\\x00\\xc0",
    ],
    [
      "GET_SECURITY_INFO right after SYNC, eight times",
      "C0 00 14 00 00 00 00 00 00 C0",
      "\\xc0\\x01\\x08\\x02\\x00\\x07\\x07\\x12 \\x01\\x05\\xc0".repeat(8),
    ],
  ])("%s", async (_, sent, answered) => {
    expect(await wire(sent)).toBe(answered);
  });

  it("SYNC as the protocol has it, answered eight times with its first word", async () => {
    expect(toHex(SYNC)).toBe(`c0 00 08 24 00 00 00 00 00 07 07 12 20 ${"55 ".repeat(32)}c0`);
    const { host } = await inLoader();
    expect(await host.ask(SYNC)).toEqual(new Array(8).fill("01 08 02 00 07 07 12 20 00 00"));
  });

  it.each([
    [
      "WRITE_REG",
      "C0 00 09 10 00 00 00 00 00 00 02 00 60 00 00 04 00 FF FF FF FF 00 00 00 00 C0",
      "01 09 02 00 07 07 12 20 00 00",
    ],
    [
      "FLASH_BEGIN of 32 KiB at 0x1000",
      "C0 00 02 10 00 00 00 00 00 00 40 00 00 20 00 00 00 00 04 00 00 00 10 00 00 C0",
      "01 02 02 00 07 07 12 20 00 00",
    ],
    [
      "FLASH_BEGIN with the fifth word of the stub",
      "C0 00 02 14 00 00 00 00 00 00 80 00 00 02 00 00 00 00 40 00 00 00 10 00 00 00 00 00 00 C0",
      "01 02 02 00 07 07 12 20 01 05",
    ],
    [
      "MEM_BEGIN with an escaped size",
      "C0 00 05 10 00 00 00 00 00 DB DC 2C 00 00 02 00 00 00 00 18 00 00 00 C5 10 40 C0",
      "01 05 02 00 07 07 12 20 00 00",
    ],
    [
      "SPI_SET_PARAMS",
      "C0 00 0B 18 00 00 00 00 00 00 00 00 00 00 00 40 00 00 00 01 00 00 10 00 00 00 01 00 00 FF FF 00 00 C0",
      "01 0b 02 00 07 07 12 20 00 00",
    ],
  ])("%s: the value is the stale one of SYNC", async (_, sent, answered) => {
    const { host } = await inLoader();
    expect(await host.ask(unhex(sent))).toEqual([answered]);
  });

  it("FLASH_DATA with both bytes that need an escape", async () => {
    const { board, host } = await inLoader();
    await host.status(0x02, words(0x1000, 1, 8, 0x2000));
    const sent = dataRequest(0x03, unhex("C0 DB 00 01 02 03 04 05"), 0);
    expect(toHex(sent)).toBe(
      "c0 00 03 18 00 f5 00 00 00 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 db dc db dd 00 01 02 03 04 05 c0",
    );
    expect(await host.ask(sent)).toEqual(["01 03 02 00 07 07 12 20 00 00"]);
    expect(toHex(board.flash.subarray(0x2000, 0x2008))).toBe("c0 db 00 01 02 03 04 05");
  });

  it("MEM_DATA really lands in RAM", async () => {
    const { host } = await inLoader();
    await host.status(0x05, words(8, 1, 0x1800, 0x4010c500));
    const sent = dataRequest(0x07, unhex("A8 10 00 40 01 FF FF 46"), 0);
    expect(toHex(sent)).toBe(
      "c0 00 07 18 00 50 00 00 00 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 a8 10 00 40 01 ff ff 46 c0",
    );
    expect(await host.ask(sent)).toEqual(["01 07 02 00 07 07 12 20 00 00"]);
    expect([await host.readReg(0x4010c500), await host.readReg(0x4010c504)]).toEqual([
      0x400010a8, 0x46ffff01,
    ]);
  });
});

describe("what the ROM loader refuses", () => {
  it("answers an opcode that it does not know under the one before, once after READ_REG", async () => {
    const { host } = await inLoader();
    for (const opcode of [0x00, 0x01, 0x0c, 0x0d, 0x0f, 0x13, 0x14, 0xd0]) {
      await host.readReg(0x40001000);
      expect(await host.ask(request(opcode, new Uint8Array(0)))).toEqual(["01 0a 02 00 01 c1 f0 ff 01 05"]);
    }
  });

  it("treats a packet with a direction other than 0 the same", async () => {
    const { host } = await inLoader();
    await host.readReg(0x40001000);
    expect(await host.ask(unhex("C0 01 0A 04 00 00 00 00 00 00 10 00 40 C0"))).toEqual([
      "01 0a 02 00 01 c1 f0 ff 01 05",
    ]);
  });

  it("keeps the reason of the last failure in the second status byte of a success", async () => {
    const { host } = await inLoader();
    await host.ask(request(0x14, new Uint8Array(0)));
    expect(await host.ask(SYNC)).toEqual(new Array(8).fill("01 08 02 00 07 07 12 20 00 05"));
  });

  it("takes blocks of 0x1800 and not of 0x1804", async () => {
    const { host } = await inLoader();
    expect(await host.status(0x02, words(0, 0, 0x1800, 0))).toBe("00 00");
    expect(await host.status(0x02, words(0, 0, 0x1804, 0))).toBe("01 05");
    expect(await host.status(0x05, words(0, 0, 0x1804, 0))).toBe("01 05");
  });

  it("wants offsets on a sector, inside 4 MiB", async () => {
    const { host } = await inLoader({ board: "d1-mini-pro" });
    expect(await host.status(0x02, words(0, 0, 0x400, 0x1200))).toBe("01 06");
    expect(await host.status(0x02, words(0x1000, 4, 0x400, 0x500000))).toBe("01 06");
    await host.writeReg([0x3fffc71c, 0x1000000]);
    expect(await host.status(0x02, words(0x1000, 4, 0x400, 0x500000))).toBe("00 06");
  });

  it("wants payloads that are a multiple of 4, no larger than the block, in sequence", async () => {
    const { host } = await inLoader();
    await host.status(0x02, words(0x1000, 4, 0x400, 0));
    expect(await host.sendData(0x03, new Uint8Array(6), 0)).toBe("01 05");
    expect(await host.sendData(0x03, new Uint8Array(0x404), 0)).toBe("01 05");
    expect(await host.sendData(0x03, new Uint8Array(4), 1)).toBe("01 05");
    expect(await host.sendData(0x03, new Uint8Array(4), 0)).toBe("00 05");
  });

  it("refuses DATA without a BEGIN", async () => {
    const { host } = await inLoader();
    expect(await host.sendData(0x03, new Uint8Array(4), 0)).toBe("01 05");
    expect(await host.sendData(0x07, new Uint8Array(4), 0)).toBe("01 05");
  });

  it("counts a block with a bad checksum, so that the same again is out of sequence and the next is taken", async () => {
    const { board, host } = await inLoader();
    await host.status(0x02, words(0x1000, 4, 0x400, 0));
    const block = sample(0x400);
    const body = concat(words(block.length, 0, 0, 0), block);
    expect(await host.status(0x03, body, 0x12)).toBe("01 07");
    expect(await host.sendData(0x03, block, 0)).toBe("01 05");
    expect(await host.sendData(0x03, block, 1)).toBe("00 05");
    expect(toHex(board.flash.subarray(0, 0x400))).toBe(toHex(block));
  });

  it("can be taken up again inside a sector after a bad checksum, although BEGIN says that it failed", async () => {
    const { board, host } = await inLoader();
    const data = sample(0x800);
    await host.status(0x02, words(0x1000, 2, 0x400, 0));
    await host.sendData(0x03, data.subarray(0, 0x400), 0);
    expect(await host.status(0x03, concat(words(0x400, 1, 0, 0), data.subarray(0x400)), 1)).toBe("01 07");
    expect(await host.status(0x02, words(0, 1, 0x400, 0x400))).toBe("01 06");
    expect(await host.sendData(0x03, data.subarray(0x400), 0)).toBe("00 06");
    expect(toHex(board.flash.subarray(0, 0x800))).toBe(toHex(data));
  });

  it("compares what it reads back, so bits that were not erased show", async () => {
    const { host } = await inLoader({ flash: new Uint8Array(0x1000) });
    await host.status(0x02, words(0, 4, 0x400, 0));
    expect(await host.sendData(0x03, Uint8Array.of(1, 0, 0, 0), 0)).toBe("01 08");
  });

  it("notices protection that was set behind BEGIN", async () => {
    const { host } = await inLoader();
    await host.status(0x02, words(0, 4, 0x400, 0));
    await host.writeReg([0x60000200, 1 << 30], [0x60000210, 0x1c], [0x60000200, 1 << 26]);
    expect(await host.sendData(0x03, Uint8Array.of(1, 0, 0, 0), 0)).toBe("01 08");
  });

  it("takes 24 bytes of SPI_SET_PARAMS and stores them in the descriptor", async () => {
    const { host } = await inLoader();
    expect(await host.status(0x0b, words(0, 0x1000000, 0x10000, 0x1000, 0x100))).toBe("01 05");
    expect(await host.status(0x0b, words(0, 0x1000000, 0x10000, 0x1000, 0x100, 0xffff))).toBe("00 05");
    expect(await host.readReg(0x3fffc71c)).toBe(0x1000000);
  });

  it("is lost in an exception when READ_REG is not aligned or nothing is there", async () => {
    for (const [address, cause] of [
      [0x40001001, 9],
      [0x20000000, 28],
    ] as const) {
      const { board, host } = await inLoader();
      expect(await host.ask(request(0x0a, words(address)))).toEqual([]);
      expect(board.state.mode).toBe("hung");
      expect(board.uartLog).toContain(`Fatal exception (${cause}):`);
    }
  });
});

describe("registers through the ROM loader", () => {
  it("are read, masked and written for each entry", async () => {
    const { host } = await inLoader();
    await host.writeReg([0x60000300, 0xffffffff]);
    expect(await host.writeReg([0x60000300, 0x1234, 0xffff], [0x60000304, 7])).toBe("00 00");
    expect([await host.readReg(0x60000300), await host.readReg(0x60000304)]).toEqual([0xffff1234, 7]);
  });

  it("take 511 entries in one frame, and none at all", async () => {
    const { host } = await inLoader();
    const entries = Array.from({ length: 511 }, (_, i) => [0x60000300, i] as const);
    expect(await host.writeReg(...entries)).toBe("00 00");
    expect(await host.readReg(0x60000300)).toBe(510);
    expect(await host.status(0x09, new Uint8Array(0))).toBe("00 00");
  });

  it("name the flash in two exchanges once the pins are routed, and nothing before", async () => {
    const { host } = await inLoader();
    await host.writeReg([0x60000240, 0], [0x60000200, 1 << 28]);
    expect(await host.readReg(0x60000240)).toBe(0xffffff);
    await host.status(0x02, words(0, 0, 0x400, 0));
    await host.writeReg([0x60000240, 0], [0x60000200, 1 << 28]);
    expect(await host.readReg(0x60000240)).toBe(0x1640e0);
  });

  it("show the strap latch and that GPIO0 is high again", async () => {
    const { board, host } = await inLoader();
    expect(await host.readReg(0x60000318)).toBe(0xc001000f);
    board.hold("flash");
    expect(await host.readReg(0x60000318)).toBe(0xc001000e);
  });

  it("restart the chip at bit 31 of 0x60000700, back into the loader because the latch is not read again", async () => {
    const { board, host } = await inLoader();
    await host.ask(request(0x09, words(0x60000700, 0x80000000, 0x80000000, 0)));
    expect(board.uartLog).toContain("rst cause:2, boot mode:(1,6)");
    expect(board.state.mode).toBe("rom");
  });

  it("change the rate when the divisor is written: the answer comes at the new one", async () => {
    const { board, host } = await inLoader();
    await host.transport.write(request(0x09, words(0x60000014, 56, 0xffffffff, 0)));
    expect(Math.round(board.state.baudRate)).toBe(928571);
    await host.transport.setBaudRate(921600);
    expect(await host.readReg(0x40001000)).toBe(0xfff0c101);
  });
});

describe("packets on the line of the ROM loader", () => {
  it("may come many in one write, are answered in order", async () => {
    const { host } = await inLoader();
    const replies = await host.ask(concat(...new Array(40).fill(request(0x0a, words(0x40001000)))));
    expect(replies).toEqual(new Array(40).fill("01 0a 02 00 01 c1 f0 ff 00 00"));
  });

  it("are found behind noise and extra delimiters", async () => {
    const { host } = await inLoader();
    const replies = await host.ask(
      concat(unhex("41 42 C0 C0 C0"), request(0x0a, words(0x40001000)).subarray(1)),
    );
    expect(replies).toEqual(["01 0a 02 00 01 c1 f0 ff 00 00"]);
  });

  it("are cut at 0x2000 bytes without a word", async () => {
    const { host } = await inLoader();
    const long = concat(unhex("00 0A 04 00 00 00 00 00 00 10 00 40"), new Uint8Array(0x3000));
    expect(await host.ask(concat(Uint8Array.of(0xc0), long, Uint8Array.of(0xc0)))).toEqual([
      "01 0a 02 00 01 c1 f0 ff 00 00",
    ]);
  });
});

describe("leaving the ROM loader", () => {
  it("FLASH_END leaves with blocks missing, says so, and boots at the present rate without a reset", async () => {
    const { board, host } = await inLoader();
    await host.status(0x02, words(0x1000, 4, 0x400, 0));
    const { resets } = board.statistics;
    expect(await host.status(0x04, words(1))).toBe("01 06");
    expect(board.uartLog).toMatch(/\[115299 baud\][^[]*ets_main\.c/);
    expect(board.statistics.resets).toBeGreaterThan(resets);
    expect(board.state.mode).toBe("rom");
  });

  it("FLASH_END behind FLASH_BEGIN(0,0) succeeds and locks the flash", async () => {
    const { board, host } = await inLoader();
    await host.status(0x02, words(0, 0, 0x400, 0));
    expect(await host.status(0x04, words(0))).toBe("00 00");
    expect(board.state.statusRegister).toBe(0x1c);
  });

  it("FLASH_BEGIN unlocks it again", async () => {
    const { board, host } = await inLoader();
    await host.status(0x02, words(0, 0, 0x400, 0));
    await host.status(0x04, words(0));
    await host.connect();
    expect(board.state.statusRegister).toBe(0x1c);
    await host.status(0x02, words(0, 0, 0x400, 0));
    expect(board.state.statusRegister).toBe(0);
  });

  it("MEM_END with a word that is not 0 stays", async () => {
    const { board, host } = await inLoader();
    expect(await host.status(0x06, words(1, 0x40000080))).toBe("00 00");
    expect(board.state.mode).toBe("rom");
  });

  it("MEM_END to the reset vector starts over: banner, then a new measurement at any rate", async () => {
    const { board, host } = await inLoader();
    const { resets } = board.statistics;
    await host.ask(request(0x06, words(0, 0x40000080)));
    expect([board.statistics.resets, board.state.mode]).toEqual([resets, "rom"]);
    await host.transport.setBaudRate(460800);
    await host.write(SYNC);
    expect((await host.ask(SYNC)).length).toBe(8);
  });

  it("MEM_END to a program that this device does not know hangs the chip", async () => {
    const { board, host } = await inLoader();
    expect(await host.status(0x06, words(0, 0x4010d004))).toBe("00 00");
    expect(board.state.mode).toBe("hung");
    expect(await host.ask(SYNC)).toEqual([]);
  });
});

describe("the erase of FLASH_BEGIN", () => {
  const marked = () => new Uint8Array(0x400000);
  it.each([
    [0x1000, 0x4000, 8],
    [0, 0x8000, 16],
    [0, 0x30000, 64],
    [0x1000, 0x5e000, 109],
    [0x3fc000, 0x1000, 2],
    [0x3fe000, 0x1000, 2],
  ])("at 0x%i with the word %i erases %i sectors", async (offset, word, sectors) => {
    const { board, host } = await inLoader({ flash: marked() });
    expect(await host.status(0x02, words(word, 0, 0x400, offset))).toBe("00 00");
    const erased = board.flash.reduce((count, byte) => count + (byte === 0xff ? 1 : 0), 0);
    expect(erased).toBe(sectors * 0x1000);
    expect(board.flash.subarray(offset, offset + sectors * 0x1000).every((byte) => byte === 0xff)).toBe(true);
  });

  it("erases the last sector of 4 MiB and then fails on the one behind it", async () => {
    const { board, host } = await inLoader({ flash: marked() });
    expect(await host.status(0x02, words(0x1000, 4, 0x400, 0x3ff000))).toBe("01 06");
    expect(board.flash.subarray(0x3fe000).reduce((count, byte) => count + (byte === 0xff ? 1 : 0), 0)).toBe(
      0x1000,
    );
  });

  it("uses 64 KiB erases only while more than 16 sectors are left", async () => {
    const { board, host } = await inLoader({ flash: marked() });
    await host.status(0x02, words(0x30000, 0, 0x400, 0));
    expect([board.statistics.blockErases, board.statistics.sectorErases]).toEqual([2, 32]);
  });
});
