import { describe, expect, it } from "vitest";
import { createVirtualBoard, createVirtualClock, type Fault } from "../index.js";
import { Host, request, settled, toHex, words } from "../testing/host.js";
import { sample } from "../testing/sample.js";
import { FaultLine } from "./fault-line.js";
import { seededRandom } from "./random.js";

const line = (...faults: Fault[]) => new FaultLine("to-chip", faults, seededRandom(7));
const count = (n: number) => Uint8Array.from({ length: n }, (_, i) => i);
const readMagic = request(0x0a, words(0x40001000));

/** A board whose faults count from the first byte behind the connect: 46 + 46 bytes of SYNC. */
async function connected(...faults: Fault[]) {
  const board = createVirtualBoard({ faults });
  const host = new Host(board);
  await host.connect();
  return { board, host };
}
const CONNECT_BYTES = 92;

describe("faults of the line", () => {
  it("strikes only above a rate where it says so", () => {
    const faulty = line({ kind: "drop-bytes", direction: "to-chip", probability: 1, aboveBaud: 460_800 });
    expect([460_800, 921_600].map((rate) => faulty.pass(count(5), rate).bytes.length)).toEqual([5, 0]);
  });

  it("leave the other direction and a sound line alone", () => {
    const bytes = count(10);
    expect(line().pass(bytes, 115_200).bytes).toBe(bytes);
    expect(line({ kind: "drop-bytes", direction: "to-host" }).pass(bytes, 115_200).bytes).toBe(bytes);
  });

  it("drop the bytes behind `after` once, across pieces", () => {
    const faulty = line({ kind: "drop-bytes", direction: "to-chip", after: 3, count: 2 });
    expect(toHex(faulty.pass(count(4), 115_200).bytes)).toBe("00 01 02");
    expect(toHex(faulty.pass(count(4), 115_200).bytes)).toBe("01 02 03");
    expect(toHex(faulty.pass(count(4), 115_200).bytes)).toBe("00 01 02 03");
  });

  it("drop again and again when they repeat", () => {
    const faulty = line({ kind: "drop-bytes", direction: "to-chip", after: 2, repeat: true });
    expect(toHex(faulty.pass(count(9), 115_200).bytes)).toBe("00 01 03 04 06 07");
  });

  it("turn one bit over, the same one for the same seed", () => {
    const corrupt = () =>
      line({ kind: "corrupt-bytes", direction: "to-chip", after: 1, count: 2 }).pass(
        new Uint8Array(4),
        115_200,
      ).bytes;
    expect(toHex(corrupt())).toBe(toHex(corrupt()));
    const bits = [...corrupt()].map((byte) => byte.toString(2).replaceAll("0", "").length);
    expect(bits).toEqual([0, 1, 1, 0]);
  });

  it("hit by chance about as often as they say", () => {
    const faulty = line({ kind: "drop-bytes", direction: "to-chip", probability: 0.1 });
    const passed = faulty.pass(new Uint8Array(10_000), 115_200).bytes.length;
    expect(passed).toBeGreaterThan(8800);
    expect(passed).toBeLessThan(9200);
  });

  it("silence everything behind a number of bytes, until a new connection if they say so", () => {
    const faulty = line({ kind: "silence", direction: "to-chip", after: 2, untilReconnect: true });
    expect(faulty.pass(count(5), 115_200).bytes.length).toBe(2);
    expect(faulty.pass(count(5), 115_200).bytes.length).toBe(0);
    faulty.reconnect();
    expect(faulty.pass(count(5), 115_200).bytes.length).toBe(5);
    const forEver = line({ kind: "silence", direction: "to-chip", after: 0 });
    forEver.reconnect();
    expect(forEver.pass(count(5), 115_200).bytes.length).toBe(0);
  });
});

describe("a board with a bad line", () => {
  it("does not understand a frame with a dropped byte", async () => {
    const { host } = await connected({ kind: "drop-bytes", direction: "to-chip", after: CONNECT_BYTES + 1 });
    expect(await host.ask(readMagic)).toEqual(new Array(8).fill("01 08 02 00 07 07 12 20 01 05"));
    expect(await host.ask(readMagic)).toEqual(["01 0a 02 00 01 c1 f0 ff 00 05"]);
  });

  it("answers a corrupted block with a checksum error", async () => {
    const begin = request(0x05, words(4, 1, 0x400, 0x3ffe8000));
    const { host } = await connected({
      kind: "corrupt-bytes",
      direction: "to-chip",
      after: CONNECT_BYTES + begin.length + 26,
    });
    await host.ask(begin);
    expect(await host.sendData(0x07, Uint8Array.of(1, 2, 3, 4), 0)).toBe("01 07");
  });

  it("is lost when the line is cut, with its power on", async () => {
    const { board, host } = await connected({
      kind: "cut-line",
      direction: "to-chip",
      after: CONNECT_BYTES + 5,
    });
    const { transport } = host;
    await transport.write(readMagic).catch(() => {});
    expect(await transport.closed).toEqual({ reason: "lost", detail: "the line was cut" });
    expect(board.state.powered).toBe(true);
    board.reconnect();
    await new Host(board).connect();
  });

  it("answers late and in order when bytes to the host are delayed, on the clock that was given", async () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const board = createVirtualBoard({
      clock,
      faults: [{ kind: "delay-bytes", direction: "to-host", after: 0, ms: 400 }],
    });
    const { transport } = board;
    await transport.setBaudRate(74880);
    let text = "";
    const reading = (async () => {
      for (let chunk = await transport.read(); chunk !== undefined; chunk = await transport.read()) {
        text += new TextDecoder().decode(chunk);
      }
    })();
    board.hold("flash");
    board.hold("reset");
    board.release("reset");
    clock.advance(399);
    await settled();
    expect(text).toBe("");
    clock.advance(1);
    await settled();
    expect(text).toBe("\r\n ets Jan  8 2013,rst cause:2, boot mode:(1,6)\r\n\r\n");
    transport.abort();
    await reading;
  });
});

describe("a board with a bad supply", () => {
  it("is off with half a page programmed, and can be flashed again afterwards", async () => {
    const board = createVirtualBoard({ faults: [{ kind: "power-loss", during: "program", after: 10 }] });
    const host = new Host(board);
    await host.startStub();
    await host.status(0x02, words(0x1000, 1, 0x4000, 0, 0));
    await host.sendData(0x03, new Uint8Array(0x1000), 0);
    expect([board.state.mode, board.state.powered]).toEqual(["off", false]);
    expect(board.flash.indexOf(0xff)).toBe(10 * 32 + 16);
    expect(await host.ask(readMagic)).toEqual([]);
    board.powerCycle();
    await host.startStub();
    expect(await host.status(0xd1, words(0, 0x1000))).toBe("00 00");
  });

  it("is off with half a sector erased", async () => {
    const board = createVirtualBoard({
      flash: new Uint8Array(0x3000),
      faults: [{ kind: "power-loss", during: "erase", after: 1 }],
    });
    const host = new Host(board);
    await host.startStub();
    await host.write(request(0xd1, words(0, 0x3000)));
    expect(board.state.mode).toBe("off");
    expect(board.flash.indexOf(0)).toBe(0x1800);
    board.reconnect();
    expect(board.state.powered).toBe(true);
  });
});

describe("a board with bad flash", () => {
  it("keeps what a dead sector holds and says that it is erased", async () => {
    const flash = sample(0x3000);
    const board = createVirtualBoard({ flash, faults: [{ kind: "dead-sector", offset: 0x1234 }] });
    const host = new Host(board);
    await host.startStub();
    expect(await host.status(0xd1, words(0, 0x3000))).toBe("00 00");
    expect(Buffer.compare(board.flash.subarray(0x1000, 0x2000), flash.subarray(0x1000, 0x2000))).toBe(0);
    expect([board.flash[0xfff], board.flash[0x2000]]).toEqual([0xff, 0xff]);
  });

  it("has bits that cannot be programmed, which the ROM's read-back sees", async () => {
    const { board, host } = await connected({ kind: "stuck-bits", offset: 2, length: 1, mask: 0x81 });
    await host.status(0x02, words(0x1000, 4, 0x400, 0));
    expect(await host.sendData(0x03, new Uint8Array(4), 0)).toBe("01 08");
    expect(toHex(board.flash.subarray(0, 5))).toBe("00 00 81 00 ff");
  });

  it("has protection that comes back after it was cleared", async () => {
    const { board, host } = await connected({ kind: "returning-protection" });
    await host.status(0x02, words(0, 0, 0x400, 0));
    expect(board.state.statusRegister).toBe(0x1c);
    await host.status(0x02, words(0x1000, 4, 0x400, 0));
    expect(await host.sendData(0x03, Uint8Array.of(1, 0, 0, 0), 0)).toBe("01 08");
  });
});
