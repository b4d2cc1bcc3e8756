import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, realpathSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ReadStream } from "node:tty";
import { afterEach, expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { FakeBoard } from "./fake-board.js";
import { type PtyServeOptions, servePty } from "./serve-pty.js";
import type { BoardServer } from "./server.js";
import { digestWrites, eventLog, noise, sha256, until } from "./test-client.js";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(boards: FakeBoard[], options: PtyServeOptions = {}) {
  const log = eventLog();
  let opened = 0;
  const open = () => boards[opened++]!;
  const server = await servePty(open, { onEvent: log.onEvent, releaseTimeoutMs: 500, ...options });
  cleanups.push(() => server.close());
  return { server, events: log.events };
}

/** A host program's hold on the terminal. */
function openTerminal(path: string) {
  const fd = openSync(path, "r+");
  const stream = new ReadStream(fd);
  const chunks: Buffer[] = [];
  stream.on("data", (chunk) => chunks.push(chunk));
  stream.on("error", () => {});
  let isOpen = true;
  const close = () => {
    stream.destroy();
    // The stream has opened the terminal a second time, and closes only that.
    if (isOpen) closeSync(fd);
    isOpen = false;
  };
  cleanups.push(close);
  return { stream, close, received: () => Buffer.concat(chunks) };
}

const setRate = (server: BoardServer, rate: number) =>
  execFileSync("stty", ["-F", server.address, String(rate)]);

describeWith(["linux", "python3"], "the pseudo terminal server", () => {
  it("opens the board when a program opens the terminal and releases it when the last one closes", async () => {
    const boards = [new FakeBoard(), new FakeBoard()];
    const { server, events } = await start(boards);
    expect(server.path).toMatch(/^\/dev\/pts\/\d+$/);
    const host = openTerminal(server.path);
    host.stream.write(Buffer.from([0xc0, 0x03, 0x04, 0x0d, 0x0a, 0x11, 0x13, 0x7f, 0xff, 0xc0]));
    await until(() => boards[0]!.seen.length === 2);
    boards[0]!.send(Uint8Array.of(0xc0, 0x0d, 0x0a, 0x00, 0xc0));
    await until(() => host.received().length === 5);
    host.close();
    await until(() => events.length === 2);
    expect([...host.received()]).toEqual([0xc0, 0x0d, 0x0a, 0x00, 0xc0]);
    expect(boards[0]!.seen).toEqual([
      { baudRate: 38400 },
      { write: [0xc0, 0x03, 0x04, 0x0d, 0x0a, 0x11, 0x13, 0x7f, 0xff, 0xc0] },
      { signal: { dtr: false, rts: false } },
      { end: "close" },
    ]);
    const next = openTerminal(server.path);
    next.stream.write("x");
    await until(() => boards[1]!.seen.length === 2);
    expect(boards[1]!.seen).toEqual([{ baudRate: 38400 }, { write: [0x78] }]);
    expect(events).toEqual(["connected", "disconnected", "connected"]);
  });

  it("tells the board every rate of the host, in order with the bytes", async () => {
    const board = new FakeBoard();
    const { server } = await start([board]);
    const host = openTerminal(server.path);
    await until(() => board.seen.length === 1);
    setRate(server, 115200);
    host.stream.write("a");
    await until(() => board.seen.length === 3);
    setRate(server, 921600);
    await until(() => board.seen.length === 4);
    host.stream.write("b");
    await until(() => board.seen.length === 5);
    expect(board.seen).toEqual([
      { baudRate: 38400 },
      { baudRate: 115200 },
      { write: [0x61] },
      { baudRate: 921600 },
      { write: [0x62] },
    ]);
  });

  it("carries 1 MiB each way at the same time", async () => {
    const board = new FakeBoard();
    const arrived = digestWrites(board);
    const { server } = await start([board]);
    const host = openTerminal(server.path);
    const [down, up] = [noise(1 << 20, 5), noise(1 << 20, 6)];
    board.sendInChunks(down);
    host.stream.write(up);
    await until(() => arrived.bytes() === up.length && host.received().length === down.length);
    expect(arrived.sha256()).toBe(sha256(up));
    expect(sha256(host.received())).toBe(sha256(down));
  });

  it("does not leave unread bytes for the next program", async () => {
    const boards = [new FakeBoard(), new FakeBoard()];
    const { server, events } = await start(boards);
    const fd = openSync(server.path, "r+");
    await until(() => events.length === 1);
    boards[0]!.send(new Uint8Array(1000).fill(0x61));
    await until(() => boards[0]!.unread === 0);
    // Rates travel behind bytes: once the board knows of it, its bytes have reached the terminal.
    setRate(server, 9600);
    await until(() => boards[0]!.seen.length === 2);
    closeSync(fd);
    await until(() => events.length === 2);
    const next = openTerminal(server.path);
    await until(() => events.length === 3);
    boards[1]!.send(Uint8Array.of(0x62));
    await until(() => next.received().length > 0);
    expect(next.received().toString()).toBe("b");
  });

  it("makes a link, and removes it at the end", async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "pty-test-")));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    const link = join(folder, "board");
    const { server } = await start([], { link });
    expect(server.address).toBe(link);
    expect(realpathSync(link)).toBe(server.path);
    await server.close();
    expect(await server.closed).toBeUndefined();
    expect(existsSync(link)).toBe(false);
    expect(existsSync(server.path)).toBe(false);
  });

  it("hangs up and ends when the board is lost", async () => {
    const board = new FakeBoard();
    const { server, events } = await start([board]);
    const host = openTerminal(server.path);
    const hungUp = new Promise((resolve) => host.stream.once("close", resolve));
    await until(() => events.length === 1);
    board.lose();
    await hungUp;
    expect((await server.closed)?.message).toBe("the board was lost: unplugged");
    expect(existsSync(server.path)).toBe(false);
  });

  it("stops while the board takes nothing and the host reads nothing", async () => {
    const board = new FakeBoard();
    board.recordsWrites = false;
    board.onWrite = () => new Promise(() => {});
    board.signal = () => new Promise(() => {});
    const { server, events } = await start([board], { releaseTimeoutMs: 50 });
    const fd = openSync(server.path, "r+");
    await until(() => events.length === 1);
    for (let chunk = 0; chunk < 100; chunk++) board.send(new Uint8Array(16384));
    execFileSync("sh", ["-c", `printf x > ${server.path}`]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(board.unread).toBeGreaterThan(10);
    await server.close();
    closeSync(fd);
    expect(board.seen.at(-1)).toEqual({ end: "abort" });
  });

  it("asserts both lines at an opening and moves them as the preloaded library asks", async () => {
    const modemDirectory = realpathSync(mkdtempSync(join(tmpdir(), "pty-modem-")));
    cleanups.push(() => rmSync(modemDirectory, { recursive: true, force: true }));
    const board = new FakeBoard();
    const { server } = await start([board], { modemDirectory });
    const host = openTerminal(server.path);
    await until(() => board.seen.length === 2);
    const socket = connect(join(modemDirectory, basename(server.path)));
    cleanups.push(() => socket.destroy());
    const answers: string[] = [];
    socket.on("data", (chunk) => answers.push(...chunk.toString().split("\n").filter(Boolean)));
    host.stream.write("A");
    for (const request of ["get 0", "set 4", "bis 2", "bic 4", "brk 0", "nobrk 0"]) {
      const before = answers.length;
      socket.write(`${request}\n`);
      await until(() => answers.length > before);
    }
    expect(answers).toEqual(["6", "4", "6", "2", "2", "2"]);
    expect(board.seen).toEqual([
      { signal: { dtr: true, rts: true } },
      { baudRate: 38400 },
      { write: [0x41] },
      { signal: { dtr: false, rts: true } },
      { signal: { dtr: true } },
      { signal: { rts: false } },
      { signal: { brk: true } },
      { signal: { brk: false } },
    ]);
  });

  it("answers about lines a host that has not read what fills its terminal", async () => {
    const modemDirectory = realpathSync(mkdtempSync(join(tmpdir(), "pty-modem-")));
    cleanups.push(() => rmSync(modemDirectory, { recursive: true, force: true }));
    const board = new FakeBoard();
    const { server, events } = await start([board], { modemDirectory });
    const fd = openSync(server.path, "r+");
    cleanups.push(() => closeSync(fd));
    await until(() => events.length === 1);
    for (let chunk = 0; chunk < 100; chunk++) board.send(new Uint8Array(16384));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(board.unread).toBeGreaterThan(10);
    const socket = connect(join(modemDirectory, basename(server.path)));
    cleanups.push(() => socket.destroy());
    let answers = "";
    socket.on("data", (chunk) => (answers += chunk));
    socket.write("set 4\nget 0\n");
    await until(() => answers.length === 4);
    expect(answers.split("\n").sort()).toEqual(["", "4", "6"]);
  });
});

describeWith(["pty"], "the pseudo terminal server without what it needs", () => {
  it("names Python and how to install it", async () => {
    await expect(servePty(() => new FakeBoard(), { python: "no-such-python" })).rejects.toMatchObject({
      name: "ServeError",
      code: "python-missing",
      message: "A virtual board on a pseudo terminal needs Python 3, and no-such-python cannot be started.",
      hint: "Install it with `sudo apt-get install python3` (macOS: `brew install python3`), or serve the board on TCP.",
    });
  });
});
