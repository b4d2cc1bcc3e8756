import { describe, expect, it } from "vitest";
import { createVirtualBoard, createVirtualClock } from "../index.js";
import { Host, request, settled, words } from "../testing/host.js";

const paced = () => {
  const clock = createVirtualClock();
  return { clock, board: createVirtualBoard({ pace: "line", clock }) };
};

describe("the transport of a board", () => {
  it("names the board and what its wiring can do", () => {
    const { transport } = createVirtualBoard();
    expect([transport.label, transport.capabilities]).toEqual([
      "virtual:esp-12f",
      { lines: "dtr-rts", baudRate: "any" },
    ]);
    expect(createVirtualBoard({ wiring: "none" }).transport.capabilities.lines).toBe("none");
    expect(createVirtualBoard({ wiring: "rts-only" }).transport.capabilities.lines).toBe("rts");
  });

  it("has nothing to read at first: the boot is over", async () => {
    const board = createVirtualBoard();
    let seen = false;
    void board.transport.read().then(() => {
      seen = true;
    });
    await settled();
    expect([seen, board.uartLog.length > 0]).toEqual([false, true]);
    board.transport.abort();
  });

  it("refuses lines that are not there with the error of the port", async () => {
    const { transport } = createVirtualBoard({ wiring: "none" });
    await expect(transport.signal([{ rts: true }])).rejects.toMatchObject({
      name: "FlasherError",
      code: "port-lines-missing",
      message: "virtual:esp-12f has no DTR and RTS lines to reset the board with.",
    });
  });

  it("refuses a rate that is no rate", async () => {
    const { transport } = createVirtualBoard();
    await expect(transport.setBaudRate(0)).rejects.toMatchObject({ code: "port-baud-refused" });
    await expect(transport.setBaudRate(Number.NaN)).rejects.toMatchObject({ code: "port-baud-refused" });
  });

  it("refuses a second reader", async () => {
    const { transport } = createVirtualBoard();
    const first = transport.read();
    await expect(transport.read()).rejects.toThrow("one reader at a time");
    transport.abort();
    expect(await first).toBeUndefined();
  });

  it("gives out what was received before it says that it has ended", async () => {
    const board = createVirtualBoard();
    const { transport } = board;
    board.hold("reset");
    board.release("reset");
    await transport.close();
    expect(await transport.closed).toEqual({ reason: "closed" });
    expect((await transport.read())?.length).toBeGreaterThan(0);
    while ((await transport.read()) !== undefined);
    expect(await transport.read()).toBeUndefined();
  });

  it("forgets what was received when it is told to", async () => {
    const board = createVirtualBoard();
    board.hold("reset");
    board.release("reset");
    await board.transport.discard();
    const next = board.transport.read();
    board.transport.abort();
    expect(await next).toBeUndefined();
  });

  it("closes twice without harm and takes nothing afterwards", async () => {
    const { transport } = createVirtualBoard();
    await transport.close();
    await transport.close();
    for (const call of [
      () => transport.write(Uint8Array.of(1)),
      () => transport.drain(),
      () => transport.signal([{ dtr: true }]),
      () => transport.discard(),
      () => transport.setBaudRate(9600),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "port-closed" });
    }
  });

  it("answers every call with port-lost once the board is gone, also one that waits", async () => {
    const { board } = paced();
    const { transport } = board;
    const waiting = transport.write(new Uint8Array(10_000));
    board.unplug();
    await expect(waiting).rejects.toMatchObject({ code: "port-lost" });
    for (const call of [
      () => transport.write(Uint8Array.of(1)),
      () => transport.drain(),
      () => transport.discard(),
      () => transport.signal([{ dtr: true }]),
      () => transport.setBaudRate(9600),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: "port-lost",
        message: "virtual:esp-12f disappeared while it was in use.",
      });
    }
  });

  it("is lost when the board is unplugged, and comes back as another", async () => {
    const board = createVirtualBoard();
    const { transport } = board;
    board.unplug();
    expect(await transport.closed).toEqual({ reason: "lost", detail: "the board was unplugged" });
    expect([board.state.mode, board.state.powered, board.state.baudRate]).toEqual(["off", false, 0]);
    const again = board.reconnect();
    expect([board.state.powered, again === transport, again === board.transport]).toEqual([
      true,
      false,
      true,
    ]);
    await new Host(board).connect();
  });

  it("loses an open connection to a new one, which starts with both lines released", async () => {
    const board = createVirtualBoard();
    const { transport } = board;
    await transport.signal([{ dtr: false, rts: true }]);
    expect(board.state.mode).toBe("off");
    board.reconnect();
    expect(await transport.closed).toEqual({ reason: "lost", detail: "the port was opened again" });
    await new Host(board).connect();
  });

  it("keeps 1 MiB for a reader that does not read and counts what it loses after that", async () => {
    const board = createVirtualBoard();
    // At another rate the host would hear another number of bytes.
    await board.transport.setBaudRate(74880);
    // Sent before there was a connection.
    const bootBytes = board.statistics.bytesToHost;
    for (let i = 0; i < 5000; i++) {
      board.hold("reset");
      board.release("reset");
    }
    expect(board.statistics.hostOverflows).toBeGreaterThan(0);
    let kept = 0;
    board.transport.abort();
    for (
      let chunk = await board.transport.read();
      chunk !== undefined;
      chunk = await board.transport.read()
    ) {
      kept += chunk.length;
    }
    expect(kept).toBe(0x100000);
    expect(board.statistics.bytesToHost - board.statistics.hostOverflows - bootBytes).toBe(kept);
  });
});

describe("the transport in line pace", () => {
  it("takes 4096 bytes ahead of the line and holds a faster writer back", async () => {
    const { clock, board } = paced();
    const started = clock.now();
    await board.transport.write(new Uint8Array(4096));
    expect(clock.now() - started).toBe(0);
    await board.transport.write(new Uint8Array(4096));
    expect(clock.now() - started).toBeCloseTo((4096 * 10) / 115.2, -1);
    await board.transport.drain();
    expect(clock.now() - started).toBeCloseTo((8192 * 10) / 115.2, 0);
  });

  it("may be given an array that is changed right afterwards", async () => {
    const { board } = paced();
    const host = new Host(board);
    await host.enterLoader();
    const preamble = new Uint8Array(40).fill(0x55);
    const written = host.transport.write(preamble);
    preamble.fill(0);
    await written;
    await host.transport.drain();
    expect(Math.round(board.state.baudRate)).toBe(115299);
  });

  it("drains before it changes the rate, and does everything in the order of the calls", async () => {
    const { clock, board } = paced();
    const { transport } = board;
    const order: string[] = [];
    const done = [
      transport.write(new Uint8Array(1152)).then(() => order.push(`write ${Math.round(clock.now())}`)),
      transport.setBaudRate(230400).then(() => order.push(`rate ${Math.round(clock.now())}`)),
      transport.write(new Uint8Array(2304)),
      transport.drain().then(() => order.push(`drain ${Math.round(clock.now())}`)),
      transport
        .signal([{ dtr: true, waitMs: 10 }, { dtr: false }])
        .then(() => order.push(`lines ${Math.round(clock.now())}`)),
    ];
    await Promise.all(done);
    expect(order).toEqual(["write 0", "rate 100", "drain 200", "lines 210"]);
  });

  it("rejects what was not sent when it is aborted", async () => {
    const { board } = paced();
    const { transport } = board;
    const writes = [transport.write(new Uint8Array(10_000)), transport.drain()];
    transport.abort();
    for (const write of writes) await expect(write).rejects.toMatchObject({ code: "port-closed" });
    expect(await transport.read()).toBeUndefined();
  });

  it("holds the writer back while a fault stalls the line, and drops what the stall held when it is aborted", async () => {
    const clock = createVirtualClock({ autoAdvance: false });
    const board = createVirtualBoard({
      clock,
      faults: [{ kind: "delay-bytes", direction: "to-chip", ms: 50 }],
    });
    const { transport } = board;
    let written = false;
    const writing = transport.write(new Uint8Array(5000)).then(
      () => {
        written = true;
      },
      (error: { code: string }) => error.code,
    );
    await settled();
    expect(written).toBe(false);
    transport.abort();
    clock.advance(50);
    expect([await writing, board.statistics.bytesToChip]).toEqual(["port-closed", 0]);
  });

  it("gives up on a close whose bytes do not leave within a second", async () => {
    const { clock, board } = paced();
    void board.transport.write(new Uint8Array(100_000)).catch(() => {});
    const started = clock.now();
    await board.transport.close();
    expect(clock.now() - started).toBe(1000);
  });

  it("lets the boot log arrive while it is sent, and readable to a host at its rate", async () => {
    const { clock, board } = paced();
    await board.transport.setBaudRate(74880);
    const first = await board.transport.read();
    expect(new TextDecoder().decode(first)).toBe("\r\n ets Jan  8 2013,rst cause:1, boot mode:(3,6)\r\n\r\n");
    expect(clock.now()).toBeCloseTo((first!.length * 10_000) / 74928, 2);
  });

  it("adds the wire's delay each way", async () => {
    const times: number[] = [];
    for (const oneWayDelayMs of [0, 4]) {
      const clock = createVirtualClock();
      const board = createVirtualBoard({ pace: "line", clock, wire: { oneWayDelayMs } });
      const host = new Host(board);
      await host.enterLoader();
      await host.transport.write(new Uint8Array(46).fill(0x55));
      await host.transport.drain();
      await new Promise<void>((resolve) => void clock.setTimer(50, resolve));
      const started = clock.now();
      await host.exchange(request(0x0a, words(0x40001000)));
      times.push(clock.now() - started);
    }
    expect(times[1]! - times[0]!).toBeCloseTo(8, 6);
  });

  it("asks for a clock, and a delay asks for it", () => {
    expect(() => createVirtualBoard({ pace: "line" })).toThrow("Pace `line` needs a clock.");
    expect(() => createVirtualBoard({ wire: { oneWayDelayMs: 1 } })).toThrow("needs pace `line`");
  });
});
