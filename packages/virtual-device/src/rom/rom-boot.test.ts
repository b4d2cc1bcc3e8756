import { describe, expect, it } from "vitest";
import { createVirtualBoard } from "../index.js";
import { concat, Host, words } from "../testing/host.js";
import { image, segment } from "../testing/image.js";

const banner = (cause: number, mode: number) =>
  `\r\n ets Jan  8 2013,rst cause:${cause}, boot mode:(${mode},6)\r\n\r\n`;
const boot = (flash: Uint8Array, board: "esp-12f" | "esp-12f-dio" | "esp8285" = "esp-12f") =>
  createVirtualBoard({ flash, board });

describe("the boot log", () => {
  it("counts lines of 16 bytes: room, tail and a header that straddles two", () => {
    const flash = image([
      segment(0x40100000, 32),
      segment(0x3ffe8000, 4),
      segment(0x3ffe8010, 8),
      segment(0x3ffe8020, 16),
    ]);
    const board = boot(flash);
    expect(board.uartLog).toBe(
      `[74928 baud]\n${banner(1, 3)}load 0x40100000, len 32, room 16 \r\ntail 0\r\nchksum 0x97\r\n` +
        "load 0x3ffe8000, len 4, room 8 \r\ntail 12\r\nchksum 0xef\r\n" +
        "ho 0 tail 12 room 4\r\nload 0x3ffe8010, len 8, room 12 \r\ntail 12\r\nchksum 0x97\r\n" +
        "ho 0 tail 12 room 4\r\nload 0x3ffe8020, len 16, room 12 \r\ntail 4\r\nchksum 0xef\r\ncsum 0xef\r\n",
    );
    expect(board.state.mode).toBe("application");
  });

  it("is 115274 baud on a board with a 40 MHz crystal", () => {
    const flash = image([segment(0x40100000, 16)]);
    const { boards } = { boards: createVirtualBoard().spec };
    const board = createVirtualBoard({ flash, board: { ...boards, crystalMHz: 40 } });
    expect(board.uartLog.startsWith("[115274 baud]\n")).toBe(true);
  });

  it("of flash without an image: the watchdog tries three times more, then the chip rests", () => {
    const board = boot(new Uint8Array(0));
    expect(board.uartLog).toBe(
      `[74928 baud]\n${banner(1, 3)}ets_main.c\r\n${`${banner(4, 3)}wdt reset\r\nets_main.c\r\n`.repeat(3)}`,
    );
    expect(board.state.mode).toBe("hung");
  });

  it("tries again from the start after a reset", async () => {
    const board = boot(new Uint8Array(0));
    const { resets } = board.statistics;
    board.hold("reset");
    board.release("reset");
    expect(board.statistics.resets - resets).toBe(4);
  });

  it("of an image with a wrong checksum", () => {
    const flash = image([segment(0x40100000, 16)]);
    flash[20]! ^= 0x40;
    expect(boot(flash).uartLog).toContain("chksum 0xd7\r\ncsum 0xd7\r\ncsum err\r\nets_main.c\r\n");
  });

  it("of a segment that leaves 4 MiB", () => {
    const flash = concat(Uint8Array.of(0xe9, 1, 2, 0x40), words(0x40100000, 0x40100000, 0x7fffffff));
    expect(boot(flash).uartLog).toContain(
      "load 0x40100000, len 2147483647, room 16 \r\nflash read err, ets_unpack_flash_code\r\nets_main.c\r\n",
    );
  });
});

describe("flash read modes", () => {
  const flash = (mode: number) => image([segment(0x40100000, 24), segment(0x3ffe8000, 8)], { mode });
  const isBooted = (mode: number, board: "esp-12f" | "esp-12f-dio" | "esp8285") =>
    boot(flash(mode), board).state.mode === "application";

  it("that the board is not wired for read as zeros behind the first 16 bytes", () => {
    expect(boot(flash(0), "esp-12f-dio").uartLog).toContain(
      "load 0x40100000, len 24, room 16 \r\ntail 8\r\nchksum 0xef\r\n" +
        "load 0x00000000, len 0, room 0 \r\ntail 0\r\nchksum 0xef\r\ncsum 0xef\r\ncsum err\r\nets_main.c\r\n",
    );
  });

  it("QIO, QOUT, DIO and DOUT work where they are wired", () => {
    const boards = ["esp-12f", "esp-12f-dio", "esp8285"] as const;
    expect(boards.map((board) => [0, 1, 2, 3].map((mode) => isBooted(mode, board)))).toEqual([
      [true, true, true, true],
      [false, false, true, true],
      [false, false, false, true],
    ]);
  });
});

describe("what a reset does", () => {
  const flash = image([segment(0x40100000, 16)]);

  it("reads the straps: DTR and RTS into the loader, RTS alone into the firmware", async () => {
    const board = boot(flash);
    const { transport } = board;
    await transport.signal([
      { dtr: false, rts: true, waitMs: 100 },
      { dtr: true, rts: false, waitMs: 50 },
      { dtr: false, rts: false },
    ]);
    expect([board.state.mode, board.state.bootMode]).toEqual(["rom", 1]);
    await transport.signal([
      { rts: true, waitMs: 100 },
      { rts: false, waitMs: 50 },
    ]);
    expect([board.state.mode, board.state.bootMode]).toEqual(["application", 3]);
    expect(
      board.uartLog.endsWith(
        `${banner(2, 3)}load 0x40100000, len 16, room 16 \r\ntail 0\r\nchksum 0x97\r\ncsum 0x97\r\n`,
      ),
    ).toBe(true);
  });

  it("shows as power-on where the reset line is EN", async () => {
    const board = createVirtualBoard({ board: { ...createVirtualBoard().spec, resetPin: "en" } });
    await board.transport.signal([
      { dtr: false, rts: true, waitMs: 100 },
      { dtr: true, rts: false, waitMs: 50 },
    ]);
    expect(board.uartLog.endsWith(banner(1, 1))).toBe(true);
  });

  it("stops in a mode without a program when GPIO2 is low or GPIO15 high", () => {
    for (const [pin, level, mode] of [
      ["gpio2", "low", 2],
      ["gpio15", "high", 7],
    ] as const) {
      const board = createVirtualBoard({ flash, faults: [{ kind: "stuck-strap", pin, level }] });
      expect([board.uartLog, board.state.mode]).toEqual([`[74928 baud]\n${banner(1, mode)}`, "hung"]);
    }
  });

  it("never leaves the loader while GPIO0 is stuck low, and never reaches it while it is stuck high", async () => {
    const low = createVirtualBoard({ flash, faults: [{ kind: "stuck-strap", pin: "gpio0", level: "low" }] });
    expect(low.state.mode).toBe("rom");
    const high = createVirtualBoard({
      flash,
      faults: [{ kind: "stuck-strap", pin: "gpio0", level: "high" }],
    });
    await new Host(high).enterLoader();
    expect(high.state.mode).toBe("application");
  });

  it("leaves a chip that was started from the loader in the loader: the latch was not read again", async () => {
    const board = boot(new Uint8Array(0));
    const host = new Host(board);
    await host.connect();
    await host.status(0x06, words(0, 0x400010a8));
    expect(board.uartLog.endsWith(`${banner(4, 1)}wdt reset\r\n`)).toBe(true);
    expect(board.state.mode).toBe("rom");
  });
});
