import { describe, expect, it } from "vitest";
import { type BoardName, boards, createVirtualBoard } from "../index.js";
import { Host, words } from "../testing/host.js";

const EFUSES = [0x3ff00050, 0x3ff00054, 0x3ff00058, 0x3ff0005c];

async function identity(board: BoardName) {
  const host = new Host(createVirtualBoard({ board }));
  await host.connect();
  const efuses: string[] = [];
  for (const address of EFUSES) efuses.push((await host.readReg(address)).toString(16).padStart(8, "0"));
  await host.status(0x02, words(0, 0, 0x400, 0));
  await host.writeReg([0x60000240, 0], [0x60000200, 1 << 28]);
  return { id: (await host.readReg(0x60000240)).toString(16), efuses: efuses.join(" ") };
}

describe("the boards of the table", () => {
  it("carry their names", () => {
    expect(Object.entries(boards).map(([name, spec]) => name === spec.name)).not.toContain(false);
  });

  it("answer with their flash and their eFuses", async () => {
    const all: Record<string, unknown> = {};
    for (const name of ["esp-01", "esp-12f", "d1-mini-pro", "esp8285"] as const)
      all[name] = await identity(name);
    expect(all).toEqual({
      "esp-01": { id: "1340c8", efuses: "01000000 00009c01 00000000 0018fe34" },
      "esp-12f": { id: "1640e0", efuses: "b7000000 0000029a 00000000 005ccf7f" },
      "d1-mini-pro": { id: "1840ef", efuses: "1e000000 00003c9f 00000000 00600194" },
      esp8285: { id: "144051", efuses: "33000010 00001122 00010000 00ecfabc" },
    });
  });

  it("have a capacity byte that agrees with their size", () => {
    expect(Object.values(boards).map(({ flash }) => flash.size === 2 ** flash.jedecId[2])).not.toContain(
      false,
    );
  });

  it("may be a board of one's own", async () => {
    const board = createVirtualBoard({
      board: {
        ...boards["esp-12f"],
        name: "mine",
        flash: { ...boards["esp-12f"].flash, size: 0x200000, jedecId: [0xc8, 0x40, 0x15] },
      },
      flash: new Uint8Array(0x200000),
    });
    expect([board.transport.label, board.flash.length, board.spec.name]).toEqual([
      "virtual:mine",
      0x200000,
      "mine",
    ]);
  });

  it("refuse content that is larger than their flash", () => {
    expect(() => createVirtualBoard({ board: "esp-01", flash: new Uint8Array(0x80001) })).toThrow(RangeError);
  });
});
