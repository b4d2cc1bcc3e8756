import { afterEach, describe, expect, it } from "vitest";
import { FakeBoard } from "./fake-board.js";
import { serveRfc2217 } from "./serve-rfc2217.js";
import type { BoardServer } from "./server.js";
import { escapeData, TelnetDecoder } from "./telnet.js";
import { connectClient, digestWrites, eventLog, noise, sha256, until } from "./test-client.js";

const servers: BoardServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const OPENING = "fffb00fffd00fffb03fffd2c";

async function start(boards: FakeBoard[]) {
  const log = eventLog();
  const server = await serveRfc2217(() => boards.shift()!, { onEvent: log.onEvent, releaseTimeoutMs: 300 });
  servers.push(server);
  const client = await connectClient(server.port);
  const hex = () => client.received().toString("hex");
  await until(() => hex().length === OPENING.length);
  return { server, client, hex, events: log.events };
}

describe("the RFC 2217 server", () => {
  it("opens with its options, and greets a client that agrees with the modem state", async () => {
    const { server, client, hex } = await start([new FakeBoard()]);
    expect(server.address).toBe(`rfc2217://127.0.0.1:${server.port}`);
    expect(hex()).toBe(OPENING);
    client.socket.write(Buffer.from("fffb2cfffd00fffb00fffd03", "hex"));
    client.socket.write(Buffer.from("fffa2c0507fff0", "hex"));
    await until(() => hex().endsWith("fffa2c6909fff0"));
    expect(hex()).toBe(`${OPENING}fffa2c6b00fff0fffa2c6909fff0`);
  });

  it("carries out rate and lines in order with the data, and answers each", async () => {
    const board = new FakeBoard();
    const { client, hex } = await start([board]);
    client.socket.write(
      Buffer.from(
        [
          "fffb2c", // WILL COM-PORT-OPTION
          "41fffa2c0509fff0", // A, DTR off
          "fffa2c050bfff0", // RTS on
          "42fffffffa2c01000fffff00fff0", // B 0xff, rate with a doubled 0xff
          "43", // C
        ].join(""),
        "hex",
      ),
    );
    await until(() => board.seen.length === 7 && hex().endsWith("fffa2c65000fffff00fff0"));
    expect(board.seen).toEqual([
      { baudRate: 115200 },
      { write: [0x41] },
      { signal: { dtr: false } },
      { signal: { rts: true } },
      { write: [0x42, 0xff] },
      { baudRate: 0x000fff00 },
      { write: [0x43] },
    ]);
    expect(hex()).toBe(`${OPENING}fffa2c6b00fff0fffa2c6909fff0fffa2c690bfff0fffa2c65000fffff00fff0`);
  });

  it("doubles 0xff on the way to the client", async () => {
    const board = new FakeBoard();
    const { hex } = await start([board]);
    board.send(Uint8Array.of(0xc0, 0xff, 0xff, 0xc0));
    await until(() => hex().length === OPENING.length + 12);
    expect(hex()).toBe(`${OPENING}c0ffffffffc0`);
  });

  it("releases the lines when the client goes, and starts the next one from rest", async () => {
    const boards = [new FakeBoard(), new FakeBoard()];
    const [first, second] = boards;
    const { server, client, events } = await start(boards);
    client.socket.write(Buffer.from("fffb2cfffa2c0508fff0", "hex"));
    await until(() => first!.seen.length === 2);
    client.socket.destroy();
    await until(() => events.length === 2);
    expect(first!.seen.slice(2)).toEqual([{ signal: { dtr: false, rts: false } }, { end: "close" }]);
    const next = await connectClient(server.port);
    next.socket.write(Buffer.from("fffb2cfffa2c0507fff0", "hex"));
    await until(() => next.received().toString("hex").endsWith("fffa2c6909fff0"));
    expect(second!.seen).toEqual([{ baudRate: 115200 }]);
  });

  it("holds the board's bytes back between suspend and resume", async () => {
    const board = new FakeBoard();
    const { client, hex } = await start([board]);
    client.socket.write(Buffer.from("fffb2cfffa2c08fff0fffa2c0504fff0", "hex"));
    await until(() => hex().endsWith("fffa2c6906fff0"));
    board.send(Uint8Array.of(0x55));
    client.socket.write(Buffer.from("fffa2c0504fff0", "hex"));
    await until(() => hex().endsWith("fffa2c6906fff0fffa2c6906fff0"));
    client.socket.write(Buffer.from("fffa2c09fff0", "hex"));
    await until(() => hex().endsWith("55"));
    expect(hex().endsWith("fffa2c6906fff0fffa2c6906fff055")).toBe(true);
  });

  it("carries 4 MiB each way at the same time", async () => {
    const board = new FakeBoard();
    const arrived = digestWrites(board);
    const { client } = await start([board]);
    const [down, up] = [noise(4 << 20, 3), noise(4 << 20, 4)];
    board.sendInChunks(down);
    client.socket.write(escapeData(up));
    const wire = OPENING.length / 2 + escapeData(down).length;
    await until(() => arrived.bytes() === up.length && client.received().length === wire);
    const events = new TelnetDecoder().decode(client.received());
    const data = Buffer.concat(events.flatMap((event) => (event.type === "data" ? [event.bytes] : [])));
    expect(arrived.sha256()).toBe(sha256(up));
    expect(sha256(data)).toBe(sha256(down));
  });
});
