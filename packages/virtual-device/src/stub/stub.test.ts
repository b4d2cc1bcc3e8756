import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createVirtualBoard } from "../index.js";
import { concat, dataRequest, Host, request, SYNC, slip, toHex, unhex, words } from "../testing/host.js";
import { md5Hex, sample } from "../testing/sample.js";
import {
  STUB_DATA_ADDRESS,
  STUB_ENTRY,
  STUB_TEXT_ADDRESS,
  stubData,
  stubText,
} from "../testing/stub-image.js";

async function inStub(options: Parameters<typeof createVirtualBoard>[0] = {}) {
  const board = createVirtualBoard(options);
  const host = new Host(board);
  await host.startStub();
  return { board, host };
}

const OK = "00 00";
const reply = (opcode: string, status: string) => `01 ${opcode} 02 00 00 00 00 00 ${status}`;

describe("frames of the stub, byte for byte", () => {
  it.each([
    ["CHANGE_BAUDRATE", "C0 00 0F 08 00 00 00 00 00 00 08 07 00 00 C2 01 00 C0", [reply("0f", OK)]],
    [
      "FLASH_BEGIN",
      "C0 00 02 14 00 00 00 00 00 00 80 00 00 02 00 00 00 00 40 00 00 00 10 00 00 00 00 00 00 C0",
      [reply("02", OK)],
    ],
    ["SPI_ATTACH", "C0 00 0D 04 00 00 00 00 00 00 00 00 00 C0", [reply("0d", OK)]],
    [
      "SPI_SET_PARAMS",
      "C0 00 0B 18 00 00 00 00 00 00 00 00 00 00 00 40 00 00 00 01 00 00 10 00 00 00 01 00 00 FF FF 00 00 C0",
      [reply("0b", OK)],
    ],
    ["ERASE_FLASH", "C0 00 D0 00 00 00 00 00 00 C0", [reply("d0", OK)]],
    ["ERASE_REGION", "C0 00 D1 08 00 00 00 00 00 00 B0 3F 00 00 50 00 00 C0", [reply("d1", OK)]],
    ["GET_SECURITY_INFO", "C0 00 14 00 00 00 00 00 00 C0", [reply("14", "ff 00")]],
    ["RUN_USER_CODE, which is not answered", "C0 00 D3 00 00 00 00 00 00 C0", []],
    [
      "SPI_FLASH_MD5 of an erased sector",
      "C0 00 13 10 00 00 00 00 00 00 E0 3F 00 00 10 00 00 00 00 00 00 00 00 00 00 C0",
      ["01 13 12 00 00 00 00 00 6a e5 9e 64 85 03 77 ee 54 70 c8 54 76 15 51 ea 00 00"],
    ],
    ["READ_REG", "C0 00 0A 04 00 00 00 00 00 00 10 00 40 C0", ["01 0a 02 00 01 c1 f0 ff 00 00"]],
    ["FLASH_END without BEGIN", "C0 00 04 04 00 00 00 00 00 01 00 00 00 C0", [reply("04", "c6 00")]],
  ])("%s", async (_, sent, answered) => {
    const { host } = await inStub();
    expect(await host.ask(unhex(sent))).toEqual(answered);
  });

  it("SYNC is answered eight times with the value 0", async () => {
    const { host } = await inStub();
    expect(await host.ask(SYNC)).toEqual(new Array(8).fill(reply("08", OK)));
  });

  it("a packed sector of 0xff: BEGIN, DATA, END", async () => {
    const { board, host } = await inStub({ flash: new Uint8Array(0x400000) });
    const begin = "C0 00 10 14 00 00 00 00 00 00 10 00 00 01 00 00 00 00 40 00 00 00 E0 3F 00 00 00 00 00 C0";
    const data =
      "C0 00 11 2A 00 47 00 00 00 1A 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 78 DA ED C1 01 0D 00 00 00 C2 A0 FE A9 6F 0F 07 14 00 00 00 F0 6E 81 61 F0 E2 C0";
    expect(await host.ask(unhex(begin))).toEqual([reply("10", OK)]);
    expect(await host.ask(unhex(data))).toEqual([reply("11", OK)]);
    expect(await host.ask(unhex("C0 00 12 04 00 00 00 00 00 01 00 00 00 C0"))).toEqual([reply("12", OK)]);
    expect(board.flash.subarray(0x3fe000, 0x3ff000).every((byte) => byte === 0xff)).toBe(true);
    expect([board.flash[0x3fdfff], board.flash[0x3ff000]]).toEqual([0, 0]);
  });

  it("READ_FLASH: reply, two packets against two acknowledgements, MD5", async () => {
    const flash = sample(0x2000);
    const { host } = await inStub({ flash });
    const begin = "C0 00 D2 10 00 00 00 00 00 00 00 00 00 00 20 00 00 00 10 00 00 40 00 00 00 C0";
    expect(await host.ask(unhex(begin))).toEqual([reply("d2", OK), toHex(flash.subarray(0, 0x1000))]);
    expect(await host.ask(unhex("C0 00 10 00 00 C0"))).toEqual([toHex(flash.subarray(0x1000))]);
    expect(await host.ask(unhex("C0 00 20 00 00 C0"))).toEqual([md5Hex(flash)]);
    expect(await host.readReg(0x40001000)).toBe(0xfff0c101);
  });
});

describe("what starts the stub", () => {
  async function start(text: Uint8Array, data: Uint8Array, entry: number, dataFirst = false) {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    const parts = [
      [STUB_TEXT_ADDRESS, text],
      [STUB_DATA_ADDRESS, data],
    ] as const;
    for (const [address, bytes] of dataFirst ? [...parts].reverse() : parts)
      await host.upload(address, bytes);
    const replies = await host.ask(request(0x06, words(0, entry)));
    return [replies, board.state.mode];
  }
  const ended = "01 06 02 00 07 07 12 20 00 00";

  it("is the genuine program, text before data", async () => {
    expect(await start(stubText, stubData, STUB_ENTRY)).toEqual([[ended, "4f 48 41 49"], "stub"]);
  });

  it("is not the same uploaded data first, because the packet buffer of the ROM lies over it", async () => {
    expect(await start(stubText, stubData, STUB_ENTRY, true)).toEqual([[ended], "hung"]);
  });

  it("is not a program with one wrong byte, nor another entry", async () => {
    const wrong = stubText.slice();
    wrong[1000]! ^= 1;
    expect(await start(wrong, stubData, STUB_ENTRY)).toEqual([[ended], "hung"]);
    expect(await start(stubText, stubData, STUB_TEXT_ADDRESS)).toEqual([[ended], "hung"]);
  });

  it("may be streamed without waiting for answers", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    const stream: Uint8Array[] = [];
    for (const [address, bytes] of [
      [STUB_TEXT_ADDRESS, stubText],
      [STUB_DATA_ADDRESS, stubData],
    ] as const) {
      stream.push(request(0x05, words(bytes.length, Math.ceil(bytes.length / 0x800), 0x800, address)));
      for (let at = 0; at < bytes.length; at += 0x800)
        stream.push(dataRequest(0x07, bytes.subarray(at, at + 0x800), at / 0x800));
    }
    stream.push(request(0x06, words(0, STUB_ENTRY)));
    const replies = await host.ask(concat(...stream));
    expect(replies.length).toBe(stream.length + 1);
    expect(replies.at(-1)).toBe("4f 48 41 49");
  });
});

describe("commands that the stub refuses", () => {
  it.each([
    ["SYNC", 0x08, 35, "c0 00"],
    ["READ_REG", 0x0a, 8, "c0 00"],
    ["WRITE_REG of nothing", 0x09, 0, "c8 00"],
    ["WRITE_REG", 0x09, 20, "c8 00"],
    ["CHANGE_BAUDRATE", 0x0f, 4, "c0 00"],
    ["FLASH_BEGIN", 0x02, 12, "c0 00"],
    ["MD5", 0x13, 8, "c0 00"],
    ["ERASE_REGION", 0xd1, 4, "c0 00"],
    ["FLASH_DATA", 0x03, 12, "c8 00"],
    ["FLASH_DEFL_DATA", 0x11, 12, "c0 00"],
  ])("%s of the wrong length", async (_, opcode, length, status) => {
    const { host } = await inStub();
    expect(await host.status(opcode, new Uint8Array(length))).toBe(status);
  });

  it.each([
    [0x0c, "c3 00"],
    [0x0e, "c3 00"],
    [0xd4, "c3 00"],
    [0x14, "ff 00"],
    [0xd5, "ff 00"],
    [0xef, "ff 00"],
    [0xf0, "c3 00"],
  ])("opcode %i, which it does not know", async (opcode, status) => {
    const { host } = await inStub();
    expect(await host.status(opcode, new Uint8Array(0))).toBe(status);
  });

  it("a packet that is no request, and one whose length is not what it says", async () => {
    const { host } = await inStub();
    expect(await host.ask(unhex("C0 01 0A 04 00 00 00 00 00 00 10 00 40 C0"))).toEqual([
      reply("0a", "c3 00"),
    ]);
    expect(await host.ask(unhex("C0 00 0A 05 00 00 00 00 00 00 10 00 40 C0"))).toEqual([
      reply("0a", "c0 00"),
    ]);
  });

  it("DATA without BEGIN", async () => {
    const { host } = await inStub();
    expect(await host.sendData(0x03, new Uint8Array(4), 0)).toBe("c6 00");
    expect(await host.sendData(0x11, new Uint8Array(4), 0)).toBe("c6 00");
    expect(await host.status(0x06, words(0, 0x400010a8))).toBe("c6 00");
    expect(await host.sendData(0x07, new Uint8Array(4), 0)).toBe("c6 00");
  });

  it("a checksum whose upper bytes are not 0; the same block may be sent again", async () => {
    const { board, host } = await inStub();
    await host.status(0x02, words(4, 1, 0x4000, 0, 0));
    const body = concat(words(4, 0, 0, 0), Uint8Array.of(1, 2, 3, 4));
    expect(await host.status(0x03, body, 0x1eb)).toBe("c1 00");
    expect(await host.status(0x03, body, 0xeb)).toBe(OK);
    expect(await host.status(0x04, words(1))).toBe(OK);
    expect(toHex(board.flash.subarray(0, 5))).toBe("01 02 03 04 ff");
  });
});

describe("a plain write", () => {
  it("cuts off what is beyond the total", async () => {
    const { board, host } = await inStub();
    await host.status(0x02, words(6, 1, 0x4000, 0x100, 0));
    expect(await host.sendData(0x03, sample(0x40), 0)).toBe(OK);
    expect(await host.status(0x04, words(1))).toBe(OK);
    expect(toHex(board.flash.subarray(0x100, 0x108))).toBe(`${toHex(sample(6))} ff ff`);
  });

  it("is not ended by END while bytes are missing, nor rebooted by its word", async () => {
    const { board, host } = await inStub();
    await host.status(0x02, words(8, 1, 0x4000, 0, 0));
    expect(await host.status(0x04, words(0))).toBe("c0 00");
    await host.sendData(0x03, sample(8), 0);
    expect(await host.status(0x04, words(0))).toBe(OK);
    expect(board.state.mode).toBe("stub");
  });

  it("passes over leading sectors that are erased and erases from the first that is not", async () => {
    const flash = new Uint8Array(0x8000).fill(0xff);
    flash[0x2800] = 0;
    const { board, host } = await inStub({ flash });
    await host.status(0x02, words(0x6000, 2, 0x4000, 0, 0));
    await host.sendData(0x03, sample(0x4000), 0);
    await host.sendData(0x03, sample(0x2000), 1);
    await host.status(0x04, words(1));
    expect([board.statistics.sectorErases, board.statistics.blockErases]).toEqual([4, 0]);
  });

  it("erases 64 KiB at once where that is aligned and 16 sectors are left", async () => {
    const flash = new Uint8Array(0x40000);
    const { board, host } = await inStub({ flash });
    await host.status(0x02, words(0x21000, 9, 0x4000, 0xf000, 0));
    for (let i = 0; i < 9; i++) await host.sendData(0x03, sample(Math.min(0x4000, 0x21000 - i * 0x4000)), i);
    await host.status(0x04, words(1));
    expect([board.statistics.sectorErases, board.statistics.blockErases]).toEqual([1, 2]);
    expect([board.flash[0xefff], board.flash[0x30000]]).toEqual([0, 0]);
  });

  it("says nothing when the flash is protected, and changes nothing", async () => {
    const { board, host } = await inStub({ flash: new Uint8Array(0x2000) });
    await host.writeReg([0x60000200, 1 << 30], [0x60000210, 0x1c], [0x60000200, 1 << 26]);
    expect(await host.status(0x02, words(0x1000, 1, 0x4000, 0, 0))).toBe(OK);
    expect(await host.sendData(0x03, sample(0x1000), 0)).toBe(OK);
    expect(await host.status(0x04, words(1))).toBe(OK);
    expect(await host.status(0xd1, words(0, 0x1000))).toBe(OK);
    expect(await host.status(0xd0, new Uint8Array(0))).toBe(OK);
    expect(board.flash.subarray(0, 0x2000).every((byte) => byte === 0)).toBe(true);
  });

  it("works again after the protection is cleared in one frame", async () => {
    const { board, host } = await inStub({ flash: new Uint8Array(0x1000) });
    await host.writeReg([0x60000200, 1 << 30], [0x60000210, 0x1c], [0x60000200, 1 << 26]);
    expect(board.state.statusRegister).toBe(0x1c);
    const clear = [
      [0x60000200, 1 << 30],
      [0x60000210, 0],
      [0x60000200, 1 << 26],
      [0x60000210, 0, 0, 20_000],
    ] as const;
    expect(await host.writeReg(...clear)).toBe(OK);
    expect(await host.status(0xd1, words(0, 0x1000))).toBe(OK);
    expect([board.state.statusRegister, board.flash[0]]).toEqual([0, 0xff]);
  });

  it("crashes off a word boundary once a whole word follows", async () => {
    const { board, host } = await inStub();
    await host.status(0x02, words(16, 1, 0x4000, 0x101, 0));
    expect(await host.sendData(0x03, sample(16), 0)).toBe(OK);
    expect(board.state.mode).toBe("hung");
    expect(board.uartLog).toContain("Fatal exception (9):");
    expect(await host.ask(SYNC)).toEqual([]);
  });

  it("crashes on the block behind one whose length is no multiple of 4", async () => {
    const { board, host } = await inStub();
    await host.status(0x02, words(0x40, 2, 0x20, 0, 0));
    expect(await host.sendData(0x03, sample(0x1e), 0)).toBe(OK);
    expect(board.state.mode).toBe("stub");
    expect(await host.sendData(0x03, sample(0x22), 1)).toBe(OK);
    expect(board.state.mode).toBe("hung");
  });

  it("fails when encryption is asked for", async () => {
    const { host } = await inStub();
    await host.status(0x02, words(4, 1, 0x4000, 0, 1));
    await host.sendData(0x03, sample(4), 0);
    expect(await host.status(0x04, words(1))).toBe("c4 00");
  });
});

describe("a packed write", () => {
  it("takes blocks of any length and a total that is odd", async () => {
    const { board, host } = await inStub();
    const data = sample(0x9001);
    const packed = deflateSync(data);
    await host.status(0x10, words(data.length, 3, 0x4000, 0x1000, 0));
    for (let i = 0, at = 0; at < packed.length; i++, at += 12_345) {
      expect(await host.sendData(0x11, packed.subarray(at, at + 12_345), i)).toBe(OK);
    }
    expect(await host.status(0x12, words(1))).toBe(OK);
    expect(Buffer.compare(board.flash.subarray(0x1000, 0x1000 + data.length), data)).toBe(0);
  });

  it("tells an inflate error to the next command of any kind, which is not done, and then forgets it", async () => {
    const { host } = await inStub();
    await host.status(0x10, words(0x1000, 1, 0x4000, 0, 0));
    expect(await host.sendData(0x11, Uint8Array.of(1, 2, 3, 4, 5), 0)).toBe(OK);
    expect(await host.status(0x0a, words(0x40001000))).toBe("c7 00");
    expect(await host.readReg(0x40001000)).toBe(0xfff0c101);
    expect(await host.status(0x12, words(1))).toBe("c0 00");
  });

  it("refuses data behind the end, and END when more came out than was announced", async () => {
    const { host } = await inStub();
    await host.status(0x10, words(0x1000, 1, 0x4000, 0, 0));
    await host.sendData(0x11, deflateSync(sample(0x1000)), 0);
    expect(await host.sendData(0x11, sample(4), 1)).toBe("c9 00");
    await host.status(0x10, words(0x800, 1, 0x4000, 0, 0));
    await host.sendData(0x11, deflateSync(sample(0x1000)), 0);
    expect(await host.status(0x12, words(1))).toBe("c0 00");
  });

  it("begins a new stream at block 0", async () => {
    const { board, host } = await inStub();
    const data = sample(0x100);
    await host.status(0x10, words(0x100, 1, 0x4000, 0, 0));
    await host.sendData(0x11, deflateSync(data).subarray(0, 20), 0);
    await host.sendData(0x11, deflateSync(data), 0);
    expect(await host.status(0x12, words(1))).toBe(OK);
    expect(toHex(board.flash.subarray(0, 0x100))).toBe(toHex(data));
  });
});

describe("beyond 4 MiB", () => {
  const inBigStub = () => inStub({ board: "d1-mini-pro", flash: sample(0x600000) });

  it("nothing but ERASE_REGION works, whatever SPI_SET_PARAMS was told", async () => {
    const { board, host } = await inBigStub();
    await host.status(0x0b, words(0, 0x1000000, 0x10000, 0x1000, 0x100, 0xffff));
    expect(await host.status(0x02, words(0x1000, 1, 0x4000, 0x500000, 0))).toBe("c4 00");
    expect(await host.status(0x13, words(0x500000, 0x1000, 0, 0))).toBe("c4 00");
    expect(await host.ask(request(0xd2, words(0x500000, 0x1000, 0x1000, 64)))).toEqual([reply("d2", OK)]);
    expect(await host.status(0x0a, words(0x40001000))).toBe("c4 00");
    expect(await host.status(0xd1, words(0x500000, 0x1000))).toBe(OK);
    expect(
      Buffer.compare(board.flash.subarray(0x501000, 0x502000), sample(0x600000).subarray(0x501000, 0x502000)),
    ).toBe(0);
    expect(board.flash.subarray(0x500000, 0x501000).every((byte) => byte === 0xff)).toBe(true);
  });

  it("a failed MD5 comes without the 16 bytes", async () => {
    const { host } = await inBigStub();
    expect(await host.ask(request(0x13, words(0x500000, 0x1000, 0, 0)))).toEqual([reply("13", "c4 00")]);
  });

  it("a write across the line gets through BEGIN and fails later", async () => {
    const { host } = await inBigStub();
    expect(await host.status(0x02, words(0x2000, 1, 0x4000, 0x3ff000, 0))).toBe(OK);
    expect(await host.sendData(0x03, sample(0x1000), 0)).toBe(OK);
    expect(await host.sendData(0x03, sample(0x1000), 1)).toBe(OK);
    expect(await host.status(0x04, words(1))).toBe("c4 00");
  });

  it("everything works once the ROM's descriptor names the real size", async () => {
    const { board, host } = await inBigStub();
    await host.writeReg([0x3fffc71c, 0x1000000]);
    expect(await host.status(0x02, words(0x1000, 1, 0x4000, 0xf00000, 0))).toBe(OK);
    expect(await host.sendData(0x03, sample(0x1000, 5), 0)).toBe(OK);
    expect(await host.status(0x04, words(1))).toBe(OK);
    expect(Buffer.compare(board.flash.subarray(0xf00000, 0xf01000), sample(0x1000, 5))).toBe(0);
    const [md5] = await host.ask(request(0x13, words(0xf00000, 0x1000, 0, 0)));
    expect(md5).toBe(`01 13 12 00 00 00 00 00 ${md5Hex(sample(0x1000, 5))} 00 00`);
  });
});

describe("reading flash", () => {
  it("starts at any offset and ends at any length", async () => {
    const { host } = await inStub({ flash: sample(0x3000) });
    const frames = await host.ask(request(0xd2, words(3, 0x1005, 0x1000, 64)));
    frames.push(...(await host.ask(slip(words(0x1000)))), ...(await host.ask(slip(words(0x1005)))));
    const read = sample(0x3000).subarray(3, 3 + 0x1005);
    expect(frames).toEqual([
      reply("d2", OK),
      toHex(read.subarray(0, 0x1000)),
      toHex(read.subarray(0x1000)),
      md5Hex(read),
    ]);
  });

  it("refuses packets larger than 0x1000 on the next command", async () => {
    const { host } = await inStub();
    expect(await host.ask(request(0xd2, words(0, 0x2000, 0x1001, 64)))).toEqual([reply("d2", OK)]);
    expect(await host.status(0x0a, words(0x40001000))).toBe("c0 00");
  });

  it("goes on when a lost acknowledgement is sent again, whatever it says", async () => {
    const { host } = await inStub({ flash: sample(0x2000) });
    await host.ask(request(0xd2, words(0, 0x2000, 0x1000, 64)));
    expect(await host.ask(slip(words(7)))).toEqual([toHex(sample(0x2000).subarray(0x1000))]);
    expect(await host.ask(slip(words(0)))).toEqual([]);
    expect(await host.ask(slip(words(0x2000)))).toEqual([md5Hex(sample(0x2000))]);
  });

  it("ends at a frame that is not 4 bytes long, with the MD5 of what was sent", async () => {
    const { host } = await inStub({ flash: sample(0x4000) });
    await host.ask(request(0xd2, words(0, 0x4000, 0x1000, 64)));
    expect(await host.ask(slip(Uint8Array.of(1, 2, 3)))).toEqual([md5Hex(sample(0x1000))]);
    expect(await host.readReg(0x40001000)).toBe(0xfff0c101);
  });

  it("sends nothing but the MD5 of nothing for a length of 0", async () => {
    const { host } = await inStub();
    expect(await host.ask(request(0xd2, words(0, 0, 0x1000, 64)))).toEqual([
      reply("d2", OK),
      "d4 1d 8c d9 8f 00 b2 04 e9 80 09 98 ec f8 42 7e",
    ]);
  });

  it("hashes any range", async () => {
    const { host } = await inStub({ flash: sample(0x3000) });
    const [md5] = await host.ask(request(0x13, words(1, 0x1fff, 0, 0)));
    expect(md5).toBe(`01 13 12 00 00 00 00 00 ${md5Hex(sample(0x3000).subarray(1, 0x2000))} 00 00`);
  });
});

describe("the stub's rate", () => {
  it.each([
    [921600, 56],
    [927771, 56],
    [999138, 52],
    [1998276, 26],
  ])("asked for %i from 115200 becomes divisor %i", async (word, divisor) => {
    const { board, host } = await inStub();
    expect(await host.status(0x0f, words(word, 115200))).toBe(OK);
    expect(52e6 / board.state.baudRate).toBeCloseTo(divisor, 6);
  });

  it("is computed as if it were 115200, whatever it is", async () => {
    const { board, host } = await inStub();
    await host.status(0x0f, words(460800, 115200));
    await host.transport.setBaudRate(460800);
    await host.status(0x0f, words(921600, 460800));
    expect(52e6 / board.state.baudRate).toBeCloseTo(14, 6);
  });

  it("leaves a host at the old rate without an answer", async () => {
    const { host } = await inStub();
    await host.status(0x0f, words(460800, 115200));
    expect(await host.ask(request(0x0a, words(0x40001000)))).not.toContain("01 0a 02 00 01 c1 f0 ff 00 00");
    await host.transport.setBaudRate(460800);
  });
});

describe("leaving the stub", () => {
  it("MEM_END to 0x400010A8 boots the flash at the present rate, without a reset", async () => {
    const { board, host } = await inStub();
    await host.status(0x05, words(0, 0, 0x400, 0x3ffe8000));
    expect(await host.status(0x06, words(0, 0x400010a8))).toBe(OK);
    expect(board.uartLog).toMatch(/\[115299 baud\][^[]*ets_main\.c/);
    expect(board.state.statusRegister).toBe(0);
  });

  it("MEM_END to the reset vector is the loader again", async () => {
    const { board, host } = await inStub();
    await host.status(0x05, words(0, 0, 0x400, 0x3ffe8000));
    await host.status(0x06, words(0, 0x40000080));
    expect(board.state.mode).toBe("rom");
    await host.write(SYNC);
    expect(await host.ask(SYNC)).toEqual(new Array(8).fill("01 08 02 00 07 07 12 20 00 00"));
  });

  it("writing over itself ends it", async () => {
    const { board, host } = await inStub();
    await host.status(0x05, words(4, 1, 0x400, 0x3ffe8200));
    expect(await host.sendData(0x07, new Uint8Array(4), 0)).toBe("silence");
    expect(board.state.mode).toBe("hung");
  });

  it("MEM_DATA elsewhere works, with any checksum", async () => {
    const { host } = await inStub();
    await host.status(0x05, words(4, 1, 0x400, 0x3ffe8000));
    expect(await host.status(0x07, concat(words(4, 0, 0, 0), Uint8Array.of(1, 2, 3, 4)), 0x77)).toBe(OK);
    expect(await host.readReg(0x3ffe8000)).toBe(0x04030201);
  });
});

describe("frames on the stub's line", () => {
  const readMagic = request(0x0a, words(0x40001000));
  const filler = (count: number) => new Uint8Array(count).fill(0x55);

  it("directly behind each other: the one behind is lost with the rest of its batch of 32", async () => {
    const { host } = await inStub();
    expect((await host.ask(concat(readMagic, readMagic))).length).toBe(1);
  });

  it.each([32, 48, 128])("with %i bytes of filler between them are all answered", async (count) => {
    const { host } = await inStub();
    const frames = new Array(6).fill(0).flatMap(() => [readMagic, filler(count)]);
    expect((await host.ask(concat(...frames))).length).toBe(6);
  });

  it("turn inside out after one delimiter too many, until there is another", async () => {
    const { host } = await inStub();
    await host.write(Uint8Array.of(0xc0));
    expect(await host.ask(readMagic)).toEqual([]);
    expect(await host.ask(readMagic)).toEqual([]);
    await host.write(Uint8Array.of(0xc0));
    expect((await host.ask(readMagic)).length).toBe(1);
  });

  it("of 16,647 bytes are taken; one byte more is dropped without a word", async () => {
    const { board, host } = await inStub();
    const fits = 16_647 - 8 - 16;
    await host.status(0x02, words(0x8000, 2, 0x4000, 0, 0));
    expect(await host.sendData(0x03, new Uint8Array(fits), 0)).toBe(OK);
    expect(await host.sendData(0x03, new Uint8Array(fits + 1), 1)).toBe("silence");
    expect(board.statistics.badFrames).toBe(1);
  });

  it("with a wrong escape are dropped, and the delimiter that ends them opens the next", async () => {
    const { board, host } = await inStub();
    expect(await host.ask(concat(unhex("C0 00 DB 01"), filler(64), unhex("C0")))).toEqual([]);
    expect(board.statistics.badFrames).toBe(1);
    expect(await host.ask(readMagic)).toEqual([]);
    expect((await host.ask(concat(Uint8Array.of(0xc0), readMagic))).length).toBe(1);
  });

  it("may stand among bytes that belong to none", async () => {
    const { host } = await inStub();
    expect((await host.ask(concat(filler(9), readMagic))).length).toBe(1);
  });
});
