import { describe, expect, it } from "vitest";
import { ComPort } from "./com-port.js";
import { FakeBoard } from "./fake-board.js";

function comPort(board = new FakeBoard()) {
  const port = new ComPort(board, 115200);
  const execute = async (...body: number[]) =>
    (await port.execute(Uint8Array.from(body))).map((answer) => [...answer]);
  return { board, port, execute };
}

describe("COM-PORT-OPTION at the access server", () => {
  it("sets the rate, tells it for 0, and answers a refused rate with the one that holds", async () => {
    const board = new FakeBoard();
    board.refusedRates = [9_000_000];
    const { execute } = comPort(board);
    expect(await execute(1, 0, 0, 0, 0)).toEqual([[101, 0x00, 0x01, 0xc2, 0x00]]);
    expect(await execute(1, 0x00, 0x07, 0x08, 0x00)).toEqual([[101, 0x00, 0x07, 0x08, 0x00]]);
    expect(await execute(1, 0x00, 0x89, 0x54, 0x40)).toEqual([[101, 0x00, 0x07, 0x08, 0x00]]);
    expect(board.seen).toEqual([{ baudRate: 460800 }]);
  });

  it("answers every frame format with 8N1, the only one that the UART does", async () => {
    const { execute } = comPort();
    expect(await execute(2, 7)).toEqual([[102, 8]]);
    expect(await execute(2, 0)).toEqual([[102, 8]]);
    expect(await execute(3, 3)).toEqual([[103, 1]]);
    expect(await execute(4, 2)).toEqual([[104, 1]]);
  });

  it("moves DTR and RTS one by one and tells their state", async () => {
    const { board, execute } = comPort();
    expect(await execute(5, 7)).toEqual([[105, 9]]);
    expect(await execute(5, 9)).toEqual([[105, 9]]);
    expect(await execute(5, 11)).toEqual([[105, 11]]);
    expect(await execute(5, 8)).toEqual([[105, 8]]);
    expect(await execute(5, 12)).toEqual([[105, 12]]);
    expect(await execute(5, 7)).toEqual([[105, 8]]);
    expect(await execute(5, 10)).toEqual([[105, 12]]);
    expect(board.seen).toEqual([
      { signal: { dtr: false } },
      { signal: { rts: true } },
      { signal: { dtr: true } },
      { signal: { rts: false } },
    ]);
  });

  it("answers that a line stays off on a board without lines", async () => {
    const { board, execute } = comPort(new FakeBoard({ lines: "none", baudRate: "any" }));
    expect(await execute(5, 8)).toEqual([[105, 9]]);
    expect(await execute(5, 11)).toEqual([[105, 12]]);
    expect(await execute(5, 5)).toEqual([[105, 6]]);
    expect(board.seen).toEqual([]);
  });

  it("sets both lines of a board where only one of them is wired", async () => {
    const { board, execute } = comPort(new FakeBoard({ lines: "rts", baudRate: "any" }));
    expect(await execute(5, 8)).toEqual([[105, 8]]);
    expect(await execute(5, 11)).toEqual([[105, 11]]);
    expect(board.seen).toEqual([{ signal: { dtr: true } }, { signal: { rts: true } }]);
  });

  it("begins and ends a break, and says whether one holds", async () => {
    const { board, execute } = comPort();
    expect(await execute(5, 4)).toEqual([[105, 6]]);
    expect(await execute(5, 5)).toEqual([[105, 5]]);
    expect(await execute(5, 4)).toEqual([[105, 5]]);
    expect(await execute(5, 6)).toEqual([[105, 6]]);
    expect(board.seen).toEqual([{ signal: { brk: true } }, { signal: { brk: false } }]);
  });

  it("has no flow control, whatever is asked", async () => {
    const { execute } = comPort();
    for (const value of [0, 1, 2, 3, 17, 19]) expect(await execute(5, value)).toEqual([[105, 1]]);
    for (const value of [13, 14, 15, 16, 18]) expect(await execute(5, value)).toEqual([[105, 14]]);
  });

  it("confirms the masks and tells the present state, masked, unless nothing is asked for", async () => {
    const { execute, port } = comPort();
    expect(port.greet().map((body) => [...body])).toEqual([[107, 0]]);
    expect(await execute(10, 0x20)).toEqual([
      [110, 0x20],
      [106, 0x20],
    ]);
    expect(await execute(10, 0)).toEqual([[110, 0]]);
    expect(await execute(11, 0xff)).toEqual([
      [111, 0xff],
      [107, 0],
    ]);
    expect(await execute(11, 0)).toEqual([[111, 0]]);
  });

  it("purges what the board sent for 1 and 3, nothing for 2, and ignores other values", async () => {
    const { board, execute } = comPort();
    expect(await execute(12, 1)).toEqual([[112, 1]]);
    expect(await execute(12, 3)).toEqual([[112, 3]]);
    expect(board.seen).toEqual([{ discard: true }, { discard: true }]);
    expect(await execute(12, 2)).toEqual([[112, 2]]);
    expect(await execute(12, 4)).toEqual([]);
    expect(board.seen.length).toBe(2);
  });

  it("signs when asked, and takes a client's signature without a word", async () => {
    const { execute } = comPort();
    const [signature] = await execute(0);
    expect(Buffer.from(signature!.slice(1)).toString()).toBe("Flashwright virtual ESP8266");
    expect(signature![0]).toBe(100);
    expect(await execute(0, 0x68, 0x69)).toEqual([]);
  });

  it("ignores unknown commands and bodies of a wrong length", async () => {
    const { board, execute } = comPort();
    for (const body of [[], [99, 1], [1, 0, 1], [5], [5, 8, 8], [5, 77], [12]])
      expect(await execute(...body)).toEqual([]);
    expect(board.seen).toEqual([]);
  });

  it("holds the board's bytes between suspend and resume", async () => {
    const { execute, port } = comPort();
    const order: string[] = [];
    await execute(8);
    const held = port.maySend.then(() => order.push("sent"));
    await new Promise(setImmediate);
    order.push("resumed");
    await execute(9);
    await held;
    await port.maySend;
    expect(order).toEqual(["resumed", "sent"]);
  });

  it("passes on a failure of the board that is no refusal of the rate", async () => {
    const board = new FakeBoard();
    board.setBaudRate = () => Promise.reject(new Error("unplugged"));
    await expect(comPort(board).execute(1, 0, 0, 0x25, 0x80)).rejects.toThrow("unplugged");
  });
});
