import { checkFirmware, EspruinoConsole, sendScript } from "@flashwright/core/console";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { beforeEach, describe, expect, it } from "vitest";
import { chattyTransport } from "../support/chatty-transport.js";
import { openConsole } from "../support/console.js";
import { espruinoChip, madeSdkBoot, madeUserImage } from "../support/made-firmware.js";
import { describeWith } from "../support/requirements.js";
import { espruinoSet } from "./support/firmware.js";
import { flashSet } from "./support/flash-set.js";

const bytes = (text: string) => new TextEncoder().encode(text);

interface Program {
  readonly build?: "ESP8266_BOARD" | "ESP8266_4MB";
  readonly version?: string;
  readonly sizeFreq?: number;
  readonly bootCode?: string;
}

/** A board that is switched on at this moment, in the time of a real one. */
function switchOn({ build = "ESP8266_4MB", version = "2v09", sizeFreq = 0x6f, bootCode }: Program = {}) {
  const clock = createVirtualClock();
  const size = build === "ESP8266_4MB" ? 509_332 : 466_260;
  const flash = espruinoChip({
    build,
    version,
    user1: madeUserImage({ build, version, size }),
    boot: madeSdkBoot("1.6", { sizeFreq, runs: true }),
    sizeFreq,
    chipSize: 0x400000,
    ran: true,
    ...(bootCode === undefined ? {} : { saved: { bootCode } }),
  });
  const board = createVirtualBoard({ clock, pace: "line", flash });
  return { board, clock, console: () => new EspruinoConsole(board.reconnect(), clock) };
}

const plan = {
  firmware: { family: "espruino", build: "ESP8266_4MB", version: "2v09" },
  header: {
    mode: { name: "qio", reason: { code: "plan-made", params: {} } },
    freq: { name: "80m", reason: { code: "plan-made", params: {} } },
    size: { name: "4MB-c1", reason: { code: "plan-made", params: {} } },
  },
} as const;

describe("a console of Espruino", () => {
  let desk: ReturnType<typeof switchOn>;
  let console: EspruinoConsole;
  beforeEach(async () => {
    desk = switchOn();
    console = desk.console();
    await console.ready();
  });

  it("is ready while the board still starts, and answers with values", async () => {
    expect(console.echo).toBe(true);
    expect(await console.evaluate('[1, "a>", { b: null }]')).toEqual([1, "a>", { b: null }]);
    expect(await console.evaluate("process.env.BOARD;")).toBe("ESP8266_4MB");
    expect(await console.evaluate("undefined")).toBeUndefined();
  });

  it("gives the board's own words where an expression fails, and goes on", async () => {
    await expect(console.evaluate("nothing.there")).rejects.toMatchObject({
      code: "console-eval-failed",
      params: { expression: "nothing.there", detail: 'ReferenceError: "nothing" is not defined' },
    });
    expect(await console.evaluate("7")).toBe(7);
  });

  it("sends nothing that the console would take for a key, or wait for the end of", async () => {
    const before = desk.board.uartLog;
    await expect(console.evaluate("1\x03")).rejects.toMatchObject({ code: "console-text-control" });
    await expect(console.evaluate("f(1")).rejects.toMatchObject({ code: "console-text-unfinished" });
    await expect(console.evaluate("1 // one")).rejects.toMatchObject({ code: "console-text-unfinished" });
    await expect(console.evaluate(" ")).rejects.toMatchObject({ code: "console-text-unfinished" });
    expect(desk.board.uartLog).toBe(before);
  });

  it("reads an answer that is longer than every buffer, and asks in a line that is too", async () => {
    const long = "x".repeat(1200);
    expect(await console.evaluate(JSON.stringify(long))).toBe(long);
    const list = Array.from({ length: 150 }, (_, i) => ({ number: i, text: "z".repeat(i % 40) }));
    expect(await console.evaluate(JSON.stringify(list))).toEqual(list);
    expect(desk.board.statistics.receiveOverflows).toBe(0);
  });

  it("refuses what no board has room for before anything is sent", async () => {
    const before = desk.board.uartLog;
    const endless = JSON.stringify("x".repeat(8000));
    const params = { length: 8002, most: 8000 };
    await expect(console.evaluate(endless)).rejects.toMatchObject({ code: "console-text-too-long", params });
    await expect(sendScript(console, bytes(`1\n${endless}`), { name: "long.js" })).rejects.toMatchObject({
      code: "console-text-too-long",
      params: { ...params, what: "long.js", line: 2 },
    });
    expect(desk.board.uartLog).toBe(before);
  });

  it("takes a line that somebody left half typed away", async () => {
    const again = desk.console();
    const person = "save(";
    await again.transcript.type(bytes(person));
    await again.ready();
    expect(await again.evaluate("1")).toBe(1);
    expect(desk.board.uartLog).not.toContain("Writing");
  });

  it("knows who it is by a key since 2v25, and by nothing before", async () => {
    expect(await console.identify()).toBeUndefined();
    const newer = switchOn({ version: "2v25" }).console();
    await newer.ready();
    expect(await newer.identify()).toEqual({ family: "espruino", build: "ESP8266_4MB", version: "2v25" });
  });

  it("works where echo is off, and leaves it so", async () => {
    await console.setEcho(false);
    const next = desk.console();
    await next.ready();
    expect(next.echo).toBe(false);
    expect(await next.evaluate("2")).toBe(2);
    expect(await sendScript(next, bytes('print("hi")\n'), { name: "a.js" })).toEqual({
      count: 1,
      errors: [],
    });
    expect(next.echo).toBe(false);
    const person = await openConsole(desk.board.reconnect(), desk.clock);
    await person.send("7\n");
    await person.send("\x10print(8)\n");
    expect(await person.until("8\r\n")).toBe("8\r\n");
  });
});

describe("a board with saved code", () => {
  it("shows no banner, and nobody waits for one", async () => {
    const { board, console, clock } = switchOn({ bootCode: 'print("mine")' });
    const opened = console();
    await opened.ready();
    expect(await opened.evaluate("process.version")).toBe("2v09");
    expect(board.uartLog).not.toContain("espruino.com");
    expect(clock.now()).toBeLessThan(4000);
  });
});

describe("a board on which another program prints all the time", () => {
  const chatty = (text: string, everyMs = 20) => {
    const desk = switchOn();
    const transport = chattyTransport(desk.board.reconnect(), desk.clock, text, everyMs);
    return { ...desk, transport, console: new EspruinoConsole(transport, desk.clock) };
  };

  it.each([
    ["lines", "temperature 21.5\r\n"],
    ["half lines", "."],
    ["binary data", "\x00\xff\x80\x1b[2J\x9b"],
    ["what looks like prompts", "\r\n>"],
    ["errors of its own", "Uncaught Error: of the other\r\n"],
    ["XOFF and XON", "\x13..\x11"],
  ])("answers all the same: %s", async (_, text) => {
    const { console, clock, transport } = chatty(text);
    await console.ready();
    expect(await console.evaluate('["a", {b:2}]')).toEqual(["a", { b: 2 }]);
    const long = "y".repeat(3000);
    expect(await console.evaluate(JSON.stringify(long))).toBe(long);
    expect(clock.now()).toBeLessThan(20_000);
    await transport.close();
  });

  it("fails with what is heard where the answer never comes", async () => {
    const { console, board, clock, transport } = chatty("tick\r\n");
    await console.ready();
    board.hold("reset");
    const start = clock.now();
    await expect(console.evaluate("1")).rejects.toMatchObject({
      code: "console-eval-unanswered",
      params: { expression: "1", heard: expect.stringContaining("tick") },
    });
    expect(clock.now() - start).toBeLessThan(40_000);
    await expect(console.ready()).rejects.toMatchObject({ code: "console-no-answer" });
    expect(clock.now() - start).toBeLessThan(60_000);
    await transport.close();
  });

  it("ends a script whose statement never does", async () => {
    const { board, console, clock, transport } = chatty("tick\r\n");
    await console.ready();
    board.hold("reset");
    await expect(sendScript(console, bytes("1\n2"), { name: "e.js" })).rejects.toMatchObject({
      code: "console-send-stalled",
      params: { line: 1, name: "e.js" },
    });
    expect(clock.now()).toBeLessThan(200_000);
    await transport.close();
  });
});

describe("a board that is busy", () => {
  it("is given up after silence, by evaluation and by readiness", async () => {
    const { board, console, clock } = switchOn();
    const opened = console();
    await opened.ready();
    board.hold("reset");
    const start = clock.now();
    await expect(opened.evaluate("1")).rejects.toMatchObject({
      code: "console-eval-silent",
      params: { expression: "1", seconds: 2 },
    });
    await expect(opened.ready()).rejects.toMatchObject({
      code: "console-no-answer",
      params: { heard: "nothing was heard" },
    });
    expect(clock.now() - start).toBeLessThan(12_000);
  });

  it("can be interrupted, which clears the line", async () => {
    const { board, console } = switchOn();
    const opened = console();
    await opened.ready();
    await opened.transcript.type(bytes("half a line"));
    await opened.interrupt();
    expect(await opened.evaluate("3")).toBe(3);
    expect(board.uartLog).not.toContain("half a line\r\n=");
  });
});

describe("a board that does not answer", () => {
  it("is told from one that does, with what was heard instead", async () => {
    const clock = createVirtualClock();
    const board = createVirtualBoard({ clock, pace: "line" });
    const console = new EspruinoConsole(board.transport, clock);
    await expect(console.ready()).rejects.toMatchObject({
      code: "console-no-answer",
      params: { label: "virtual:esp-12f" },
    });
    expect(clock.now()).toBeLessThan(10_000);
  });

  it("ends all waiting when it is unplugged", async () => {
    const { board, console } = switchOn();
    const opened = console();
    await opened.ready();
    board.unplug();
    await expect(opened.evaluate("1")).rejects.toMatchObject({ code: "port-lost" });
  });
});

describe("a script", () => {
  it("is sent statement by statement, and its errors have lines", async () => {
    const { board, console } = switchOn();
    const source = `// a comment\nprint("one");\n\nnothing();\nvar x = [1,\n  2]\nprint(\n  x\n);\n`;
    const done: number[] = [];
    const sent = await sendScript(console(), bytes(source), {
      name: "b.js",
      onStatement: (number, count) => done.push(number / count),
    });
    expect(sent).toEqual({
      count: 4,
      errors: [{ line: 4, text: 'ReferenceError: "nothing" is not defined' }],
    });
    expect(done).toEqual([0.25, 0.5, 0.75, 1]);
    expect(board.uartLog).toContain("\r\n[ 1, 2 ]\r\n");
  });

  it("of many lines loses no byte", async () => {
    const { board, console } = switchOn();
    const source = Array.from({ length: 60 }, (_, i) => `print("line ${i} ${"y".repeat(i * 4)}")`).join(
      "\r\n",
    );
    expect(await sendScript(console(), bytes(source), { name: "c.js" })).toEqual({ count: 60, errors: [] });
    expect(board.statistics.receiveOverflows).toBe(0);
    expect(board.uartLog).toContain(`\r\nline 59 ${"y".repeat(236)}\r\n`);
  });

  it("may restart the board", async () => {
    const { console } = switchOn({ bootCode: "1" });
    const sent = await sendScript(console(), bytes("ESP8266.reboot();\nprint(1)"), { name: "d.js" });
    expect(sent).toEqual({ count: 2, errors: [] });
  });
});

describeWith(["firmware"], "Espruino 2v09 as it is shipped", () => {
  it("answers, and is what the plan of its package says", async () => {
    const set = espruinoSet();
    const clock = createVirtualClock();
    const board = createVirtualBoard({ clock, pace: "line" });
    await flashSet(board.transport, set, { clock, stub: true });
    const opened = new EspruinoConsole(board.reconnect(), clock);
    board.powerCycle();
    await opened.ready();
    const firmware = { family: "espruino", build: "ESP8266_BOARD", version: "2v09" } as const;
    const size = { ...plan.header.size, name: "4MB" };
    const check = await checkFirmware(opened, { firmware, header: { ...plan.header, size } });
    expect(check.differences).toEqual([]);
    expect(check.outcome).toBe("confirmed");
  });
});

describe("the check after a flash", () => {
  it("confirms version, build, map and free flash", async () => {
    const opened = switchOn().console();
    await opened.ready();
    const check = await checkFirmware(opened, plan);
    expect(check.differences).toEqual([]);
    expect(check.outcome).toBe("confirmed");
    expect(check.facts.map(({ params }) => params.field)).toEqual([
      "version",
      "build",
      "flash map",
      "free flash",
    ]);
    expect(check.report).toMatchObject({ version: "2v09", flashMap: "4MB:1024/1024", flashKB: 4096 });
  });

  it("names every difference", async () => {
    const opened = switchOn({ version: "1v95", sizeFreq: 0x5f }).console();
    await opened.ready();
    const check = await checkFirmware(opened, plan);
    expect(check.outcome).toBe("differs");
    expect(check.differences.slice(0, 2).map(({ params }) => params)).toEqual([
      { field: "version", expected: "2v09", actual: "1v95" },
      { field: "flash map", expected: "4MB:1024/1024", actual: "2MB:1024/1024" },
    ]);
  });

  it("says nothing is known where a plan knows nothing", async () => {
    const opened = switchOn().console();
    await opened.ready();
    expect((await checkFirmware(opened, {})).outcome).toBe("unknown");
  });
});
