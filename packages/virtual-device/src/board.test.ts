import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createVirtualBoard } from "./index.js";
import { dataRequest, Host, request, SYNC, settled, slip, words } from "./testing/host.js";
import { md5Hex, sample } from "./testing/sample.js";

describe("a whole flash through the stub", () => {
  const data = sample(0x400000);
  data.fill(0x42, 0x100000, 0x180000);

  it("stores 4 MiB of plain blocks and names their MD5", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.startStub();
    expect(await host.status(0x02, words(data.length, 256, 0x4000, 0, 0))).toBe("00 00");
    for (let i = 0; i < 256; i++) {
      await host.transport.write(dataRequest(0x03, data.subarray(i * 0x4000, (i + 1) * 0x4000), i));
    }
    expect(await host.status(0x04, words(1))).toBe("00 00");
    expect(Buffer.compare(board.flash, data)).toBe(0);
    const [reply] = await host.ask(request(0x13, words(0, data.length, 0, 0)));
    expect(reply).toBe(`01 13 12 00 00 00 00 00 ${md5Hex(data)} 00 00`);
  });

  it("stores 4 MiB of packed blocks over other data, erasing block by block", async () => {
    const board = createVirtualBoard({ flash: sample(0x400000, 2) });
    const host = new Host(board);
    await host.startStub();
    const packed = deflateSync(data);
    const blocks = Math.ceil(packed.length / 0x4000);
    expect(await host.status(0x10, words(data.length, blocks, 0x4000, 0))).toBe("00 00");
    for (let i = 0; i < blocks; i++) {
      await host.transport.write(dataRequest(0x11, packed.subarray(i * 0x4000, (i + 1) * 0x4000), i));
    }
    expect(await host.status(0x12, words(1))).toBe("00 00");
    expect(Buffer.compare(board.flash, data)).toBe(0);
    expect([board.statistics.blockErases, board.statistics.sectorErases]).toEqual([64, 0]);
  });

  it("reads 4 MiB back, a packet for each acknowledgement, and the MD5 at the end", async () => {
    const board = createVirtualBoard({ flash: data });
    const host = new Host(board);
    await host.startStub();
    await host.ask(request(0xd2, words(0, data.length, 0x1000, 64)));
    for (let got = 0x1000; got <= data.length; got += 0x1000) await host.transport.write(slip(words(got)));
    await settled();
    const frames = host.takeFrames();
    expect(frames.length).toBe(1024);
    expect(frames.at(-1)).toBe(md5Hex(data));
  });
});

describe("a board on the desk", () => {
  it("starts its loader when GPIO0 is held while reset is pressed, and stays out of it afterwards", async () => {
    const board = createVirtualBoard({ wiring: "none" });
    board.hold("flash");
    board.hold("reset");
    expect(board.state.mode).toBe("off");
    board.release("reset");
    board.release("flash");
    expect([board.state.mode, board.state.bootMode]).toEqual(["rom", 1]);
    board.hold("reset");
    board.release("reset");
    expect(board.state.bootMode).toBe(3);
  });

  it("keeps its flash and its protection over a power cycle, and nothing else", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    await host.status(0x02, words(0, 0, 0x400, 0));
    await host.status(0x04, words(1));
    board.flash[5] = 0x55;
    board.powerCycle();
    expect([board.flash[5], board.state.statusRegister, board.state.bootMode]).toEqual([0x55, 0x1c, 3]);
    expect(board.uartLog.match(/rst cause:1/g)?.length).toBe(2);
  });

  it("is silent while reset is held and without power", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    board.hold("reset");
    const { bytesToChip } = board.statistics;
    expect(await host.ask(request(0x0a, words(0x40001000)))).toEqual([]);
    expect(board.statistics.bytesToChip).toBe(bytesToChip);
    board.release("reset");
    board.unplug();
    expect(board.state).toEqual({ mode: "off", baudRate: 0, statusRegister: 0, bootMode: 3, powered: false });
  });

  it("sees both lines of the classic sequence also when each is a call of its own", async () => {
    const board = createVirtualBoard();
    const { transport } = board;
    await transport.signal([{ dtr: false }]);
    await transport.signal([{ rts: true, waitMs: 100 }]);
    await transport.signal([{ dtr: true }]);
    await transport.signal([{ rts: false }]);
    await transport.signal([{ waitMs: 50 }]);
    await transport.signal([{ dtr: false }]);
    expect(board.state.mode).toBe("rom");
  });

  it("counts what went over the line", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    const before = board.statistics;
    await host.ask(request(0x0a, words(0x40001000)));
    await host.ask(request(0x14, new Uint8Array(0)));
    const after = board.statistics;
    expect({
      toChip: after.bytesToChip - before.bytesToChip,
      toHost: after.bytesToHost - before.bytesToHost,
      frames: after.framesReceived - before.framesReceived,
      unknown: after.unknownCommands - before.unknownCommands,
    }).toEqual({ toChip: 24, toHost: 24, frames: 2, unknown: 1 });
  });

  it("locks to a wrong rate on bytes of another, until the next reset", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.enterLoader();
    await host.transport.setBaudRate(9600);
    await host.write(new Uint8Array(10).fill(0x55));
    await host.transport.setBaudRate(115200);
    expect(await host.ask(SYNC)).toEqual([]);
    expect(await host.ask(SYNC)).toEqual([]);
    await host.connect();
    expect(Math.round(board.state.baudRate)).toBe(115299);
  });
});

describe("a break", () => {
  it("swallows what is sent while it lasts, and nothing after it", async () => {
    const board = createVirtualBoard();
    const host = new Host(board);
    await host.connect();
    await host.transport.signal([{ brk: true, waitMs: 1 }]);
    await host.transport.write(SYNC);
    await settled();
    expect(host.takeFrames()).toEqual([]);
    await host.transport.signal([{ brk: false }]);
    expect((await host.ask(SYNC)).length).toBe(8);
  });
});
