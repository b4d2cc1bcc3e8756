import { readFileSync } from "node:fs";
import type { Transport } from "@flashwright/core";
import { beforeEach, describe, expect, it } from "vitest";
import { describeWith } from "../../../../test/support/requirements.js";
import { createDesk, type Desk, usbPort } from "../cli.fixture.js";
import { bound, bytes, espruino, keyboard, until } from "./console.fixture.js";
import { sampleElf } from "./elf.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
describe("console", () => {
  let desk: Desk;
  beforeEach(() => {
    desk = createDesk({ flash: espruino(), pace: "line" });
  });

  it("gives an answer of Espruino as JSON, for people and for programs", async () => {
    const people = await desk.run("console", "--eval", "[1,{a:2}]");
    expect([people.code, people.stdout, people.stderr]).toEqual([
      0,
      '[\n  1,\n  {\n    "a": 2\n  }\n]\n',
      "",
    ]);
    const program = await desk.run("console", "--eval", "process.version", "--json");
    expect(program.events()[0]).toEqual({ type: "value", expression: "process.version", value: "2v09" });
    expect(desk.opened).toEqual([usbPort.path, usbPort.path]);
  });

  it("fails with the board's words, and says which command is wrong before anything is sent", async () => {
    const unknown = await desk.run("console", "--eval", "nothing");
    expect([unknown.code, unknown.stderr.split("\n")[0]]).toEqual([
      1,
      'error: The board could not evaluate nothing: ReferenceError: "nothing" is not defined',
    ]);
    const open = await desk.run("console", "--eval", "f(");
    expect([open.code, open.stderr.split("\n").at(-2)]).toEqual([2, " code: console-text-unfinished"]);
  });

  it.each([
    ["--eval", "1", "--raw"],
    ["--eval", "1", "--log", "x"],
    ["--send", "-", "--boot-log"],
    ["--raw", "--json"],
    ["--raw", "--timestamps"],
  ])("refuses %s %s %s, of which one would do nothing", async (...options) => {
    const run = await desk.run("console", ...options.filter((option) => option !== undefined));
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([2, " code: usage"]);
    expect(desk.opened).toEqual([]);
  });

  it("sends a script, and fails with the lines of the statements that fail", async () => {
    const good = files.write("good.js", bytes('var a = 1\nprint("hello",\n  a)\n'));
    const run = await desk.run("console", "--send", good);
    expect([run.code, run.stdout]).toEqual([0, `${good} was sent: 2 statements.\n`]);
    expect(desk.board.uartLog).toContain("\r\nhello 1\r\n");
    const bad = files.write("bad.js", bytes("1\n\nnothing()\n"));
    const failed = await desk.run("console", "--send", bad);
    expect(failed.code).toBe(1);
    expect(failed.stderr.replace(/\s+/g, " ")).toContain(
      'statements failed: line 3: ReferenceError: "nothing" is not defined.',
    );
  });

  it("types what a pipe holds, shows the answer, and ends", async () => {
    await desk.run("console", "--eval", "1");
    const run = await desk.runIn({ openKeyboard: keyboard(false, "process.env.BOARD\n") }, "console");
    expect([run.code, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toContain('process.env.BOARD\n="ESP8266_4MB"\n>\nThe console is closed.\n');
  });

  it("shows the boot ROM's part at its rate, and goes on at the firmware's", async () => {
    const run = await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", "--boot-log");
    const lines = run.stdout.split("\n");
    const at = (line: string) => lines.indexOf(line);
    expect(lines.find((line) => line.startsWith(" ets Jan"))).toMatch(/rst cause:2, boot mode:\(3,\d\)$/);
    expect(lines).toContain("-- The chip restarts: external reset, boot mode 3.");
    expect(at("jump to run user1 @ 1000")).toBeGreaterThan(0);
    expect(at("-- From here on at 115200.")).toBeGreaterThan(at("jump to run user1 @ 1000"));
    expect(run.stdout).toContain("Flash map 4MB:1024/1024, manuf 0xe0 chip 0x4016\n");
    expect(run.stdout).not.toContain("\x1b");
    expect(run.stdout).not.toContain("\ufffd");
  });

  it("lets nothing through to the terminal that steers it, but with --raw", async () => {
    const nasty = 'print("\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\x07ok")\n';
    const open = () => keyboard(false, nasty);
    await desk.run("console", "--eval", "1");
    const safe = await desk.runIn({ openKeyboard: open() }, "console");
    expect(safe.stdout).toContain("\n\ufffd31m^Gok\n");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(safe.stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
    const raw = await desk.runIn({ openKeyboard: open() }, "console", "--raw");
    expect(raw.stdout).toContain("\x1b]0;owned\x07\x1b[2J");
  });

  it("ends with a key that the board never gets, and gives it all others", async () => {
    await desk.run("console", "--eval", "1");
    const before = desk.board.uartLog.length;
    const run = await desk.runIn(
      {
        isTTY: true,
        openKeyboard: keyboard(
          true,
          "12\x03",
          "8\r",
          () => until(() => desk.board.uartLog.endsWith("=8\r\n>")),
          "\x1dlost\r",
        ),
      },
      "console",
    );
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("Ctrl-] ends");
    expect(desk.board.uartLog.slice(before)).toBe("12\r\\x1b[J>8\r\n=8\r\n>");
    expect(desk.board.uartLog).not.toContain("lost");
  });

  it("puts times in front of lines and lines in a log, behind what is in it", async () => {
    const log = files.write("console.log", bytes("before\n"));
    await desk.run("console", "--eval", "1");
    const run = await desk.runIn(
      { openKeyboard: keyboard(false, "7\n") },
      "console",
      "--timestamps",
      "--log",
      log,
    );
    expect(run.stdout).toContain("[21:05:00.000] =7\n");
    expect(readFileSync(log, "utf8")).toMatch(/^before\n[\s\S]*\[21:05:00.000\] =7\n\[21:05:00.000\] >\n$/);
    const unwritable = await desk.run("console", "--log", files.path("no/such/folder"));
    expect([unwritable.code, unwritable.stderr.split("\n").at(-2)]).toEqual([1, " code: file-unwritable"]);
  });

  it("gives lines and remarks as events with --json", async () => {
    const run = await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", "--boot-log", "--json");
    const events = run.events();
    expect(events).toContainEqual({
      type: "console-line",
      line: "jump to run user1 @ 1000",
      at: "2026-11-22T21:05:00.000Z",
    });
    expect(events).toContainEqual({
      type: "note",
      code: "console-rate-switched",
      params: { baudRate: 115200 },
    });
    expect(events.at(-1)).toEqual({ type: "completed", result: { code: "console-closed", params: {} } });
  });
});

describeWith(["linux"], "a log on a disk that is full", () => {
  it("ends the console, with the reason", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const full = await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", "--log", "/dev/full");
    expect([full.code, full.stderr.split("\n").at(-2)]).toEqual([1, " code: file-unwritable"]);
  });
});

/** An ELF file of whose sections each claims to have so many bytes. */
function claiming(file: Uint8Array, size: number): Uint8Array {
  const view = new DataView(file.buffer);
  for (let at = view.getUint32(32, true); at < file.length; at += 40) view.setUint32(at + 20, size, true);
  return file;
}

describe("console --boot-log of a board without reset lines", () => {
  it("asks for RESET, waits for it without an end, and then follows the start", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line", wiring: "none" });
    desk.board.hold("reset");
    const log = () => desk.board.uartLog;
    const openTransport = async () => {
      return { ...bound(desk.board.reconnect()), capabilities: { lines: "none", baudRate: "any" } as const };
    };
    const person = keyboard(
      true,
      async () => {
        for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
        desk.board.release("reset");
        await until(() => log().endsWith("\r\n>"));
      },
      "7\r",
      () => until(() => log().endsWith("=7\r\n>")),
      "\x1d",
    );
    const run = await desk.runIn({ openTransport, openKeyboard: person }, "console", "--boot-log");
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("-- This port has no reset line: press RESET; listening at 74880.\n");
    expect(run.stdout).toMatch(/jump to run user1 @ 1000\n[\s\S]*-- From here on at 115200\.\n[\s\S]*=7\n>/);
  });
});

describe("console of a board that crashes", () => {
  it("names the cause, the registers, and the places in the program", async () => {
    const flash = espruino();
    flash.fill(0, 0x3000, 0x4000);
    const desk = createDesk({ flash, pace: "line" });
    const elf = files.write("firmware.elf", sampleElf([["jsvGetRefs", 0x401000a0, 0x40]]));
    const run = await desk.runIn(
      { openKeyboard: keyboard(false, " ") },
      "console",
      "--boot-log",
      "--baud",
      "74880",
      "--elf",
      elf,
    );
    const lines = run.stdout.split("\n");
    const at = lines.findIndex((line) => line.startsWith("-- Exception 3, LoadStoreError: "));
    expect(lines.slice(at, at + 4)).toEqual([
      "-- Exception 3, LoadStoreError: data access that the memory refuses, as by bytes in code memory.",
      "--   epc1     0x401000b8  jsvGetRefs+0x18",
      "--   excvaddr 0x401000df",
      expect.stringContaining(""),
    ]);
  });

  it("refuses a file that holds no names", async () => {
    const desk = createDesk();
    for (const [name, content] of [
      ["text.elf", bytes("no ELF at all, and long enough to be looked at: ".repeat(4))],
      ["empty.elf", sampleElf([])],
      ["huge.elf", claiming(sampleElf([["f", 0x40100000, 4]]), 0xffff_ffff)],
      ["cut.elf", sampleElf([["f", 0x40100000, 4]]).slice(0, 150)],
    ] as const) {
      const run = await desk.run("console", "--elf", files.write(name, content));
      expect([name, run.code, run.stderr.split("\n").at(-2)]).toEqual([name, 1, " code: elf-unreadable"]);
    }
    expect(desk.opened).toEqual([]);
  });
});

describe("console of a port that goes away", () => {
  /** A port that is unplugged when it is opened first, and comes back under another name. */
  function unplugged(desk: Desk, comesBack: boolean) {
    let opens = 0;
    const openTransport = async (address: string): Promise<Transport> => {
      desk.opened.push(address);
      opens++;
      const transport = desk.board.reconnect();
      if (opens === 1) queueMicrotask(() => queueMicrotask(() => desk.board.unplug()));
      return transport;
    };
    const listPorts = async () =>
      opens === 0
        ? [usbPort]
        : comesBack
          ? [{ ...usbPort, path: "/dev/ttyUSB1" }]
          : [{ ...usbPort, serialNumber: "2" }];
    return { openTransport, listPorts };
  }

  it("finds the same bridge again under another name", async () => {
    const desk = createDesk({ flash: espruino() });
    const world = unplugged(desk, true);
    const run = await desk.runIn({ ...world, interruptAt: "is back" }, "console");
    expect(run.code).toBe(0);
    expect(desk.opened).toEqual(["/dev/ttyUSB0", "/dev/ttyUSB1"]);
    expect(run.stdout).toContain("is gone; waiting up to 300 s for it to come back.");
    expect(run.stdout).toContain(" is back.");
  });

  it("takes no other bridge for it, and gives up in the end", async () => {
    const desk = createDesk({ flash: espruino() });
    const run = await desk.runIn(unplugged(desk, false), "console");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([1, " code: console-port-away"]);
    expect(desk.opened).toEqual(["/dev/ttyUSB0"]);
  });
});
