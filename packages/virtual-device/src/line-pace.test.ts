import type { Clock } from "@flashwright/core";
import { describe, expect, it } from "vitest";
import { createVirtualBoard, createVirtualClock } from "./index.js";
import { concat, dataRequest, Host, request, SYNC, slip, words } from "./testing/host.js";
import {
  connectAt,
  type LineBench,
  lineBench,
  preamble,
  stubStream,
  uploadStub,
} from "./testing/line-host.js";
import { sample } from "./testing/sample.js";

const KIB = 0x400;
/** Within `percent` of a time that was measured on the genuine loaders. */
const about = (measured: number, percent: number) =>
  [measured * (1 - percent / 100), measured * (1 + percent / 100)] as const;
function expectAbout(value: number, measured: number, percent: number): void {
  const [low, high] = about(measured, percent);
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

async function inStub(baudRate: number, oneWayDelayMs = 0, flash?: Uint8Array): Promise<LineBench> {
  const bench = lineBench(flash === undefined ? {} : { flash }, oneWayDelayMs);
  await connectAt(bench, baudRate);
  await bench.host.exchange(request(0x02, words(0, 0, 0x400, 0)));
  await uploadStub(bench);
  return bench;
}

describe("in line pace, the ROM loader", () => {
  it.each([
    [115200, 16],
    [460800, 7],
    [921600, 6],
  ])("at %i baud is in step %i ms after a preamble of 4 ms", async (baudRate, measured) => {
    const bench = lineBench();
    await bench.host.transport.setBaudRate(baudRate);
    await bench.host.enterLoader();
    const taken = await bench.time(async () => {
      await bench.host.transport.write(concat(preamble(4, baudRate), SYNC));
      for (let i = 0; i < 8; i++) await bench.host.frame();
    });
    expectAbout(taken, measured, 12);
  });

  it.each([115200, 230400, 460800, 921600])(
    "at %i baud answers the second of two SYNCs that come 60 ms apart",
    async (baudRate) => {
      const bench = lineBench();
      await bench.host.transport.setBaudRate(baudRate);
      await bench.host.enterLoader();
      await bench.host.transport.write(SYNC);
      await bench.wait(60);
      expect(bench.host.takeFrames()).toEqual([]);
      await bench.host.transport.write(SYNC);
      await bench.wait(60);
      expect(bench.host.takeFrames().length).toBe(8);
    },
  );

  it("does not answer a SYNC without a preamble of at least 1 ms, or behind another at speed", async () => {
    for (const lead of [new Uint8Array(0), preamble(0.5, 921600), SYNC]) {
      const bench = lineBench();
      await bench.host.transport.setBaudRate(921600);
      await bench.host.enterLoader();
      await bench.host.transport.write(concat(lead, SYNC));
      await bench.wait(60);
      expect(bench.host.takeFrames()).toEqual([]);
    }
  });

  it.each([
    [115200, 1154],
    [460800, 302],
    [921600, 162],
  ])("takes the stub at %i baud in %i ms", async (baudRate, measured) => {
    const bench = lineBench();
    await connectAt(bench, baudRate);
    expectAbout(await bench.time(() => uploadStub(bench)), measured, 6);
    expect(bench.board.statistics.receiveOverflows).toBe(0);
  });

  /** All of the upload in one write; whether the stub greets. */
  async function streams(baudRate: number, blockSize: number): Promise<boolean> {
    const bench = lineBench();
    await connectAt(bench, baudRate);
    await bench.host.transport.write(stubStream(blockSize));
    await bench.wait(1000);
    return bench.host.takeFrames().at(-1) === "4f 48 41 49";
  }

  it("takes the stub as one stream up to 921600, and in small blocks still at 1.5 Mbaud", async () => {
    expect(await streams(115200, 0x800)).toBe(true);
    expect(await streams(921600, 0x1800)).toBe(true);
    expect(await streams(1_500_000, 0x800)).toBe(true);
  });

  it("loses its ring of 256 bytes while it sums a large block at 1.5 Mbaud", async () => {
    expect(await streams(1_500_000, 0x1800)).toBe(false);
  });

  it("erases before it answers FLASH_BEGIN", async () => {
    const bench = lineBench();
    await connectAt(bench, 115200);
    const taken = await bench.time(() => bench.host.exchange(request(0x02, words(0x8000, 0, 0x400, 0))));
    expectAbout(taken, 16 * 40 + 10, 2);
  });
});

describe("in line pace, the stub", () => {
  it.each([
    [460800, 0, 6.4],
    [921600, 0, 4.9],
    [921600, 4, 13.6],
  ])("at %i baud and %i ms away loses about %s ms per block of 16 KiB", async (baudRate, away, measured) => {
    const bench = await inStub(baudRate, away);
    const { host } = bench;
    await host.exchange(request(0x02, words(0x100000, 64, 0x4000, 0, 0)));
    const frame = dataRequest(0x03, sample(16 * KIB), 0);
    const taken = await bench.time(() => host.exchange(frame));
    expectAbout(taken - (frame.length * 10_000) / baudRate, measured, 35);
  });

  it("hashes 1 MiB in 0.70 s", async () => {
    const bench = await inStub(921600);
    expectAbout(await bench.time(() => bench.host.exchange(request(0x13, words(0, 0x100000, 0, 0)))), 700, 1);
  });

  /** Percent over the line time of 256 KiB. */
  async function readOverhead(baudRate: number, away: number, atFirstByte: boolean): Promise<number> {
    const data = sample(256 * KIB);
    const bench = await inStub(baudRate, away, data);
    const line =
      (data.reduce((bits, byte) => bits + (byte === 0xc0 || byte === 0xdb ? 20 : 10), 0) * 1000) / baudRate;
    const taken = await bench.time(async () => {
      await bench.host.exchange(request(0xd2, words(0, data.length, 0x1000, 64)));
      for (let got = 0x1000; got <= data.length; got += 0x1000) {
        await (atFirstByte ? bench.host.frameBegin() : bench.host.frame());
        await bench.host.transport.write(slip(words(got)));
        if (atFirstByte) await bench.host.frame();
      }
      await bench.host.frame();
    });
    return (taken / line - 1) * 100;
  }

  it.each([
    [460800, 0, false, 4.8],
    [460800, 4, false, 13.1],
    [921600, 0, false, 7.2],
    [921600, 8, false, 44.0],
    [921600, 4, true, 6.5],
  ])(
    "at %i baud and %i ms away reads at line rate + the percentage measured (acknowledged at the first byte: %s)",
    async (baudRate, away, atFirstByte, measured) => {
      const over = await readOverhead(baudRate, away, atFirstByte);
      expect(Math.abs(over - measured)).toBeLessThan(2.5);
    },
  );

  it("answers END when the last block has been programmed, 64 pages of 1 ms after its acknowledgement", async () => {
    const bench = await inStub(921600);
    await bench.host.exchange(request(0x02, words(32 * KIB, 2, 0x4000, 0, 0)));
    await bench.host.exchange(dataRequest(0x03, sample(0x4000), 0));
    await bench.host.exchange(dataRequest(0x03, sample(0x4000), 1));
    expectAbout(await bench.time(() => bench.host.exchange(request(0x04, words(1)))), 66, 10);
  });

  it("takes seconds for a whole chip, and next to nothing when it is protected", async () => {
    const bench = await inStub(115200);
    const erase = () => bench.time(() => bench.host.exchange(request(0xd0, new Uint8Array(0))));
    expect(await erase()).toBeGreaterThan(4000);
    const unlock = [
      [0x60000200, 1 << 30],
      [0x60000210, 0x1c],
      [0x60000200, 1 << 26],
    ] as const;
    await bench.host.exchange(
      request(0x09, concat(...unlock.map(([address, value]) => words(address, value, 0xffffffff, 0)))),
    );
    expect(await erase()).toBeLessThan(10);
  });

  it("loses a frame that comes while both of its buffers are taken", async () => {
    const bench = await inStub(921600, 0, new Uint8Array(0x40000));
    const { host, board } = bench;
    await host.exchange(request(0x02, words(0x40000, 16, 0x4000, 0x1000, 0)));
    const filler = new Uint8Array(48).fill(0x55);
    const blocks = Array.from({ length: 6 }, (_, i) =>
      concat(dataRequest(0x03, sample(0x4000, i), i), filler),
    );
    await host.transport.write(concat(...blocks));
    await bench.wait(5000);
    expect(host.takeFrames().length).toBeLessThan(6);
    expect(board.statistics.receiveOverflows).toBeGreaterThan(0);
  });

  it("changes its rate between the answer at the old one and what comes at the new one", async () => {
    const bench = await inStub(115200);
    await bench.host.exchange(request(0x0f, words(921600, 115200)));
    await bench.host.transport.setBaudRate(921600);
    await bench.wait(50);
    expect(await bench.host.exchange(request(0x0a, words(0x40001000)))).toBe("01 0a 02 00 01 c1 f0 ff 00 00");
  });

  it("answers at the new rate when the divisor is written with a delay behind it", async () => {
    const bench = await inStub(115200);
    const entries = concat(words(0x60000014, 56, 0xffffffff, 0), words(0x60000014, 56, 0xffffffff, 30_000));
    await bench.host.transport.write(request(0x09, entries));
    await bench.host.transport.setBaudRate(921600);
    expect(await bench.host.frame()).toBe("01 09 02 00 00 00 00 00 00 00");
  });
});

describe("in line pace, a board that is unplugged", () => {
  it("in the middle of a chip erase has half of it erased", async () => {
    const bench = await inStub(115200, 0, new Uint8Array(0x400000));
    const whole = 64 * 120 * 0.9;
    await bench.host.transport.write(request(0xd0, new Uint8Array(0)));
    await bench.wait(whole / 2);
    bench.board.unplug();
    expectAbout(bench.board.flash.indexOf(0), 0x200000, 1);
    expect(bench.board.flash.subarray(0x300000).every((byte) => byte === 0)).toBe(true);
  });

  it("in the middle of a write has the pages that were programmed until then", async () => {
    const bench = await inStub(921600);
    await bench.host.exchange(request(0x02, words(0x4000, 1, 0x4000, 0, 0)));
    await bench.host.exchange(dataRequest(0x03, new Uint8Array(0x4000), 0));
    await bench.wait(30);
    bench.board.unplug();
    const programmed = bench.board.flash.indexOf(0xff);
    expect(programmed % 0x100).toBe(0);
    expect(programmed).toBeGreaterThan(0x1000);
    expect(programmed).toBeLessThan(0x2800);
  });
});

describe("in line pace, timers that come late", () => {
  /** A clock that is looked at every 15 ms, as in a process that is busy or a browser that saves power. */
  function lateClock(): Clock {
    const exact = createVirtualClock();
    const late = (at: number) => Math.ceil(at / 15) * 15;
    return {
      now: () => exact.now(),
      setTimer: (delayMs, fire) => exact.setTimer(late(exact.now() + delayMs) - exact.now(), fire),
    };
  }

  it("lose nothing: the stub streams at 921600 without an overrun and 64 KiB are written", async () => {
    const board = createVirtualBoard({ pace: "line", clock: lateClock() });
    const bench = { board, host: new Host(board) };
    await connectAt(bench, 921600);
    await bench.host.transport.write(stubStream(0x800));
    while ((await bench.host.frame()) !== "4f 48 41 49");
    await bench.host.exchange(request(0x02, words(0x10000, 4, 0x4000, 0, 0)));
    for (let i = 0; i < 4; i++) await bench.host.exchange(dataRequest(0x03, sample(0x4000, i), i));
    expect(await bench.host.exchange(request(0x04, words(1)))).toBe("01 04 02 00 00 00 00 00 00 00");
    expect(board.statistics.receiveOverflows).toBe(0);
    expect(Buffer.compare(board.flash.subarray(0xc000, 0x10000), sample(0x4000, 3))).toBe(0);
  });
});

describe("in line pace, the reset circuit", () => {
  /** DTR and RTS as two calls with a pause between them. */
  async function enterLoaderSlowly(pauseMs: number): Promise<string> {
    const bench = lineBench();
    const { transport } = bench.host;
    await bench.wait(30_000);
    await transport.signal([{ dtr: false, rts: true, waitMs: 100 }]);
    await transport.signal([{ dtr: true }]);
    await bench.wait(pauseMs);
    await transport.signal([{ rts: false }]);
    await bench.wait(50);
    await transport.signal([{ dtr: false }]);
    return bench.board.state.mode;
  }

  it("lets two calls reach the loader when the second comes before EN has risen", async () => {
    expect(await enterLoaderSlowly(2)).toBe("rom");
    expect(await enterLoaderSlowly(20)).not.toBe("rom");
  });

  it("stops a chip in the middle of its boot log", async () => {
    const bench = lineBench();
    await bench.wait(2);
    bench.board.hold("reset");
    const { bytesToHost } = bench.board.statistics;
    await bench.wait(1000);
    expect(bench.board.statistics.bytesToHost).toBe(bytesToHost);
    expect(bench.board.state.mode).toBe("off");
  });

  it("lets a chip without firmware rest, so that a virtual clock comes to a stop", async () => {
    const bench = lineBench();
    await bench.wait(60_000);
    expect([bench.board.statistics.resets, bench.clock.pendingTimers]).toEqual([4, 0]);
  });
});
