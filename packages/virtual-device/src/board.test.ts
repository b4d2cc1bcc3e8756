import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createVirtualBoard } from "./index.js";
import { dataRequest, Host, request, settled, slip, words } from "./testing/host.js";
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
