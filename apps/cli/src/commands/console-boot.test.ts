import { readFileSync } from "node:fs";
import { boards } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { createDesk } from "../cli.fixture.js";
import { bytes, espruino, keyboard, until } from "./console.fixture.js";
import { temporaryFolder } from "./files.fixture.js";

const files = temporaryFolder();
const UNSAFE = /[^\n\x20-\x7e]/;
const COUNTED = /^-- Boot text at 74880 baud: (\d+) bytes\. `--boot-log` shows it\.$/;

/** What the firmware has said first since its last start, as lines. */
function firstLines(uartLog: string): string[] {
  const rate = "[115299 baud]\n";
  const firmware = uartLog.slice(uartLog.lastIndexOf(rate) + rate.length);
  const text = firmware.replace(/\\x1b\[\??\d*[a-zA-Z]/g, "");
  return text.split(/\r?\n/).slice(0, 7);
}

/** Espruino whose firmware crashes as soon as it is started. */
function crashing(): Uint8Array {
  const flash = espruino();
  flash.fill(0, 0x3000, 0x4000);
  return flash;
}

describe("a reset while the console runs at 115200", () => {
  it("shows one line for the boot ROM's text, and all of the firmware's", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const log = files.path("reset.log");
    const run = await desk.runIn(
      { openKeyboard: keyboard(false, "7\n") },
      "console",
      "--reset",
      "--log",
      log,
    );
    const lines = run.stdout.split("\n");
    const counted = lines.filter((line) => COUNTED.test(line));
    expect(counted).toHaveLength(1);
    expect(Number(COUNTED.exec(counted[0])?.[1])).toBeGreaterThan(300);
    expect(lines.indexOf(counted[0])).toBe(0);
    expect(lines.slice(1, 8)).toEqual(firstLines(desk.board.uartLog));
    expect(run.stdout).not.toMatch(UNSAFE);
    expect(readFileSync(log, "utf8").split("\n")[0]).toMatch(/^Boot text at 74880 baud: \d+ bytes\./);
  });

  it("says so once a restart, and as an event", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    await desk.run("console", "--eval", "1");
    const restarts = keyboard(
      true,
      "ESP8266.reboot()\r",
      () =>
        until(() => desk.board.uartLog.split("ets Jan").length === 3 && desk.board.uartLog.endsWith("\r\n>")),
      "\x1d",
    );
    const run = await desk.runIn({ openKeyboard: restarts }, "console", "--json");
    const noise = run.events().filter((event) => event.code === "console-boot-noise");
    expect(noise).toEqual([
      {
        type: "note",
        code: "console-boot-noise",
        params: { baudRate: 74_880, byteCount: expect.any(Number) },
      },
    ]);
    expect(
      run.events().filter(({ type, line }) => type === "console-line" && UNSAFE.test(String(line))),
    ).toEqual([]);
  });
});

describe("console --boot-log", () => {
  it("loses nothing of the firmware's first lines", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const run = await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", "--boot-log");
    const lines = run.stdout.split("\n");
    const from = lines.indexOf("-- From here on at 115200.");
    expect(lines.slice(from + 1, from + 8)).toEqual(firstLines(desk.board.uartLog));
    expect(run.stdout).not.toMatch(UNSAFE);
  });

  it("finds the rate of a board with a 40 MHz crystal, by itself or when it is told", async () => {
    const board = { ...boards["esp-12f"], crystalMHz: 40 } as const;
    for (const [option, tried] of [
      [["--boot-log"], 1],
      [["--boot-log", "115200"], 0],
    ] as const) {
      const desk = createDesk({ board, flash: espruino(), pace: "line" });
      const run = await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", ...option);
      const lines = run.stdout.split("\n");
      const other = "-- No boot text at 74880; trying 115200, as with a 40 MHz crystal.";
      expect(lines.filter((line) => line === other)).toHaveLength(tried);
      expect(lines.filter((line) => line.startsWith(" ets Jan"))).toHaveLength(1);
      expect(run.stdout).toMatch(/jump to run user1 @ 1000\n[\s\S]*Flash map 4MB:1024\/1024/);
    }
  });

  it("follows restarts that come by themselves, so that a firmware that crashes at each start can be read", async () => {
    const desk = createDesk({ flash: crashing(), pace: "line" });
    const run = await desk.runIn({ openKeyboard: keyboard(false, " ") }, "console", "--boot-log");
    const lines = run.stdout.split("\n");
    expect(lines).toContain("-- The chip has restarted: boot text at 74880 from here on.");
    expect(lines.some((line) => line.startsWith("-- Exception 3, LoadStoreError: "))).toBe(true);
    expect(lines).toContain("--   epc1     0x401000b8");
    expect(run.stdout).not.toMatch(UNSAFE);
  });

  it("refuses a rate that is none", async () => {
    const run = await createDesk().run("console", "--boot-log", "fast");
    expect([run.code, run.stderr.split("\n").at(-2)]).toEqual([2, " code: number-invalid"]);
  });
});

describe("console --trace", () => {
  const textOf = (trace: string, direction: "in" | "out") =>
    trace
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => Buffer.from(JSON.parse(line)[direction] ?? "", "hex").toString("latin1"))
      .join("");
  const script = files.write("wifi.js", bytes('var w = {ssid:"home", password:"correct horse"}\nw\n'));

  it("records both directions, without passwords", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const file = files.path("console.trace");
    const run = await desk.run("console", "--send", script, "--trace", file);
    expect(run.code).toBe(0);
    const trace = readFileSync(file, "utf8");
    expect(JSON.parse(trace.split("\n")[0])).toMatchObject({
      format: "flashwright/trace",
      payloads: "hidden",
    });
    expect(textOf(trace, "out")).toContain('password:""');
    expect(textOf(trace, "in") + textOf(trace, "out")).not.toMatch(/correct|horse/);
    expect(trace).toContain('"outHidden":13');
  });

  it("records passwords where that is wished, for its owner alone", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const file = files.path("secret.trace");
    await desk.run("console", "--send", script, "--trace", file, "--trace-secrets");
    expect(textOf(readFileSync(file, "utf8"), "out")).toContain("correct horse");
    const none = await desk.run("console", "--trace-secrets");
    expect([none.code, none.stderr.split("\n").at(-2)]).toEqual([2, " code: usage"]);
  });

  it("records a console that somebody looks at, its resets and its rates", async () => {
    const desk = createDesk({ flash: espruino(), pace: "line" });
    const file = files.path("watched.trace");
    await desk.runIn({ openKeyboard: keyboard(false, "7\n") }, "console", "--boot-log", "--trace", file);
    const trace = readFileSync(file, "utf8");
    const rates = trace.split("\n").flatMap((line) => /"baud":(\d+)/.exec(line)?.[1] ?? []);
    expect(rates).toEqual(["115200", "74880", "115200"]);
    expect(trace).toContain('"signal":[');
    expect(textOf(trace, "in")).toContain("jump to run user1 @ 1000");
  });
});
