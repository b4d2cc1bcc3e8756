import { afterEach, describe, expect, it } from "vitest";
import { FakeBoard } from "./fake-board.js";
import { serveTcp } from "./serve-tcp.js";
import type { BoardServer } from "./server.js";
import { connectClient, digestWrites, eventLog, noise, sha256, until } from "./test-client.js";

const servers: BoardServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function start(boards: FakeBoard[], options: Parameters<typeof serveTcp>[1] = {}) {
  const log = eventLog();
  const opened: FakeBoard[] = [];
  const open = () => {
    const board = boards[opened.length];
    if (!board) throw new Error("the board is on fire");
    opened.push(board);
    return board;
  };
  const server = await serveTcp(open, { onEvent: log.onEvent, releaseTimeoutMs: 300, ...options });
  servers.push(server);
  return { server, opened, events: log.events };
}

describe("the raw TCP server", () => {
  it("listens on loopback, on a free port, and says where", async () => {
    const { server } = await start([]);
    expect(server.host).toBe("127.0.0.1");
    expect(server.address).toBe(`socket://127.0.0.1:${server.port}`);
    expect(server.port).toBeGreaterThan(0);
  });

  it("carries bytes as they are, at 115200 unless told otherwise, and releases both lines at the end", async () => {
    const board = new FakeBoard();
    const { server, events } = await start([board]);
    const client = await connectClient(server.port);
    client.socket.write(Uint8Array.of(0xc0, 0xff, 0x0d, 0x00, 0xc0));
    await until(() => board.seen.length === 2);
    board.send(Uint8Array.of(0xff, 0x0a));
    await until(() => client.received().length === 2);
    client.socket.end();
    await until(() => events.length === 2);
    expect([...client.received()]).toEqual([0xff, 0x0a]);
    expect(board.seen).toEqual([
      { baudRate: 115200 },
      { write: [0xc0, 0xff, 0x0d, 0x00, 0xc0] },
      { signal: { dtr: false, rts: false } },
      { end: "close" },
    ]);
    expect(events).toEqual(["connected", "disconnected"]);
  });

  it("hands over everything that a client wrote before it closed", async () => {
    const board = new FakeBoard();
    const arrived = digestWrites(board, () => new Promise(setImmediate));
    const { server, events } = await start([board]);
    const client = await connectClient(server.port);
    const bytes = noise(300_000, 7);
    client.socket.end(bytes);
    await until(() => events.includes("disconnected"));
    expect(arrived.sha256()).toBe(sha256(bytes));
  });

  it("carries 4 MiB each way at the same time", async () => {
    const board = new FakeBoard();
    const arrived = digestWrites(board);
    const { server } = await start([board]);
    const client = await connectClient(server.port);
    const [down, up] = [noise(4 << 20, 1), noise(4 << 20, 2)];
    board.sendInChunks(down);
    client.socket.write(up);
    await until(() => arrived.bytes() === up.length && client.received().length === down.length);
    expect(arrived.sha256()).toBe(sha256(up));
    expect(sha256(client.received())).toBe(sha256(down));
  });

  it("turns a second client away in order, and leaves the first alone", async () => {
    const board = new FakeBoard();
    const { server, events } = await start([board]);
    const first = await connectClient(server.port);
    await until(() => events.length === 1);
    const second = await connectClient(server.port);
    second.socket.write("hello");
    expect(await second.gone).toBe("end");
    expect(second.received().length).toBe(0);
    board.send(Uint8Array.of(1));
    await until(() => first.received().length === 1);
    expect(events).toEqual(["connected", "refused"]);
    expect(board.seen).toEqual([{ baudRate: 115200 }]);
  });

  it("opens a fresh transport for the next client, also for one that comes while the last is cleared away", async () => {
    const boards = [new FakeBoard(), new FakeBoard()];
    let finishClosing = () => {};
    boards[0]!.close = () =>
      new Promise((resolve) => {
        finishClosing = resolve;
      });
    const { server, events, opened } = await start(boards, { releaseTimeoutMs: 20_000 });
    const first = await connectClient(server.port);
    await until(() => events.length === 1);
    first.socket.end();
    await until(() => boards[0]!.seen.some((seen) => "signal" in seen));
    const second = await connectClient(server.port);
    second.socket.write("x");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(opened.length).toBe(1);
    finishClosing();
    await until(() => boards[1]!.seen.length === 2);
    expect(boards[1]!.seen).toEqual([{ baudRate: 115200 }, { write: [0x78] }]);
    expect(events).toEqual(["connected", "disconnected", "connected"]);
  });

  it("hangs up when the board is lost, after all that it sent", async () => {
    const board = new FakeBoard();
    const { server, events } = await start([board]);
    const client = await connectClient(server.port);
    await until(() => events.length === 1);
    board.send(Uint8Array.of(1, 2, 3));
    board.lose();
    expect(await client.gone).toBe("end");
    expect([...client.received()]).toEqual([1, 2, 3]);
  });

  it("tells of a board that does not open, closes the client, and goes on", async () => {
    const { server, events } = await start([]);
    const client = await connectClient(server.port);
    expect(await client.gone).toBe("end");
    expect(events).toEqual(["error: the board is on fire"]);
    const next = await connectClient(server.port);
    await next.gone;
    expect(events.length).toBe(2);
  });

  it("holds the board back while the client does not read, and the client while the board does not", async () => {
    const board = new FakeBoard();
    board.recordsWrites = false;
    board.onWrite = () => new Promise(() => {});
    const { server } = await start([board]);
    const client = await connectClient(server.port);
    client.socket.pause();
    for (let chunk = 0; chunk < 400; chunk++) board.send(Buffer.alloc(64 * 1024));
    const flooded = client.socket.write(Buffer.alloc(32 << 20));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(flooded).toBe(false);
    expect(board.unread).toBeGreaterThan(100);
    expect(client.socket.writableLength).toBeGreaterThan(8 << 20);
  });

  it("stops with a stuck board and a stuck client, and aborts the transport", async () => {
    const board = new FakeBoard();
    board.onWrite = () => new Promise(() => {});
    board.signal = () => new Promise(() => {});
    const { server, events } = await start([board], { releaseTimeoutMs: 50 });
    const client = await connectClient(server.port);
    client.socket.write("x");
    await until(() => board.seen.length === 2);
    await server.close();
    expect(await server.closed).toBeUndefined();
    await client.gone;
    expect(board.seen.at(-1)).toEqual({ end: "abort" });
    expect(events.at(-1)).toBe("disconnected: the client left, and the board does not take its last bytes");
  });

  it("names an address that it cannot listen on, and what to do", async () => {
    const { server } = await start([]);
    await expect(serveTcp(() => new FakeBoard(), { port: server.port })).rejects.toMatchObject({
      name: "ServeError",
      code: "listen-failed",
      hint: "Choose another port, or 0 for a free one.",
    });
  });
});
