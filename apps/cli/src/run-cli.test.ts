import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createDesk, VERSION } from "./cli.fixture.js";
import { sampleBytes, temporaryFolder } from "./commands/files.fixture.js";
import { makeFirmware } from "./demo/make-image.js";

const files = temporaryFolder();
const appFile = files.write("app.bin", makeFirmware().boot);
const largeFile = files.write("large.bin", sampleBytes(0x40000));
const terminal = new Set(["completed", "failed", "cancelled"]);

describe("the program", () => {
  it("tells its version", async () => {
    const run = await createDesk().run("--version");
    expect([run.code, run.stdout, run.stderr]).toEqual([0, `${VERSION}\n`, ""]);
  });

  it("shows help, and help for every command in it", async () => {
    const desk = createDesk();
    const help = await desk.run("--help");
    const commands = [
      ...["ports", "info", "doctor", "map", "flash", "plan", "recover", "backup", "restore"],
      ...["erase", "read", "verify", "image", "virtual", "demo", "hardware-check"],
    ];
    expect(help.code).toBe(0);
    for (const command of commands) {
      expect(help.stdout).toMatch(new RegExp(`^  ${command} `, "m"));
      const own = await desk.run(command, "--help");
      expect([own.code, own.stdout.split(" [options]")[0]]).toEqual([0, `Usage: flashwright ${command}`]);
    }
    expect(help.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it.each<[string[], string]>([
    [[], "A command is needed."],
    [["fly"], "Unknown command 'fly'."],
    [["info", "--fast"], "Unknown option '--fast'."],
    [["info", "--baud"], "Option '-b, --baud <rate>' argument missing."],
    [["info", "--baud", "quick"], "quick is not a baud rate."],
    [["info", "--after", "lunch"], "lunch is not a choice for --after."],
    [["info", "--chip", "esp32"], "esp32 is not a choice for --chip."],
    [["info", "--connect-attempts", "0"], "0 is not a number of attempts."],
    [["info", "extra"], "Too many arguments for 'info'. Expected 0 arguments but got 1."],
    [["ports", "--port", "x"], "Unknown option '--port'."],
  ])("refuses %j with exit code 2", async (argv, message) => {
    const desk = createDesk();
    const run = await desk.run(...argv);
    expect(run.stderr).toContain(`error: ${message}`);
    expect([run.code, desk.opened]).toEqual([2, []]);
    const json = await desk.run("--json", ...argv);
    expect(json.code).toBe(2);
    expect(json.events()).toEqual([
      { type: "failed", error: expect.objectContaining({ format: "flashwright/error", message }) },
    ]);
  });

  it.each([
    [["--help"]],
    [["--version"]],
    [["info"]],
    [["flash", "0", appFile]],
    [["flash", "0", "missing"]],
    [["erase"]],
    [["read", "0", "4k", files.path("out.bin")]],
  ])("ends %j with exactly one terminal event as JSON", async (argv) => {
    const run = await createDesk().run(...argv, "--json");
    const types = run.events().map(({ type }) => type as string);
    expect(types.filter((type) => terminal.has(type))).toEqual([types.at(-1)]);
  });

  it("keeps stdout for JSON and gives people stderr", async () => {
    const desk = createDesk();
    const [people, json] = [await desk.run("info"), await desk.run("info", "--json")];
    expect(json.stderr).toBe(people.stdout);
  });

  it("shows a bug as one, and where it is to those who ask", async () => {
    const listPorts = () => Promise.reject(new TypeError("x is not a function"));
    const run = await createDesk().runIn({ listPorts }, "ports");
    expect([run.code, run.stderr]).toEqual([
      1,
      [
        "error: Something went wrong inside Flashwright: x is not a function",
        " hint: Report this with the output of `--trace`.",
        " code: internal",
        "",
      ].join("\n"),
    ]);
    for (const [env, argv] of [
      [{ DEBUG: "1" }, ["ports"]],
      [{}, ["ports", "--verbose"]],
    ] as const) {
      const verbose = await createDesk().runIn({ listPorts, env }, ...argv);
      expect(verbose.stderr).toContain("TypeError: x is not a function\n    at ");
    }
  });
});

describe("colour and bars", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this is about
  const escapes = /\x1b/;

  it("come on a terminal", async () => {
    const run = await createDesk().runIn({ isTTY: true }, "flash", "--no-watch", "0", appFile);
    expect(run.stdout).toMatch(escapes);
    expect(run.stderr).toContain("write  0x00000000");
    expect(run.stderr).toContain("100 % of 32 KB");
    expect(run.stdout).not.toContain("Writing");
  });

  it.each([
    ["away from a terminal", {}],
    ["with NO_COLOR on a terminal, where bars stay", { isTTY: true, env: { NO_COLOR: "1" } }],
    ["on a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }],
  ])("do not colour lines %s", async (_, changes) => {
    const desk = createDesk();
    const good = await desk.runIn(changes, "flash", "0", appFile);
    const bad = await desk.runIn(changes, "flash", "0", "missing");
    expect(good.stdout + bad.stdout + bad.stderr).not.toMatch(escapes);
  });

  it("fit 80 columns", async () => {
    const run = await createDesk().runIn(
      { isTTY: true, env: { NO_COLOR: "1" } },
      "flash",
      "0",
      appFile,
      "64k",
      largeFile,
    );
    expect(run.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("Ctrl-C", () => {
  it("before the first write leaves the flash as it was", async () => {
    const desk = createDesk();
    const run = await desk.runIn({ interruptAt: "Connecting" }, "flash", "0", appFile);
    expect([run.code, run.stderr]).toEqual([130, ""]);
    expect(run.stdout).toMatch(/note: Stopped before anything was changed: the flash is as it was\.\n$/);
    expect((await desk.board.transport.closed).reason).toBe("closed");
    expect(desk.board.statistics).toMatchObject({
      sectorErases: 0,
      blockErases: 0,
      chipErases: 0,
      programs: 0,
    });
  });

  it("within a write says where, and frees the port", async () => {
    const desk = createDesk();
    const run = await desk.runIn(
      { interruptAt: '"type":"progress","operation":"write"' },
      "flash",
      "--json",
      "0x10000",
      largeFile,
    );
    expect(run.code).toBe(130);
    expect(run.events().slice(-2)).toEqual([
      { type: "note", code: "cancelled-partial", params: { offset: 0x10000 } },
      { type: "cancelled" },
    ]);
    expect((await desk.board.transport.closed).reason).toBe("closed");
  });

  it("while the board boots says that everything is written and verified", async () => {
    const run = await createDesk().runIn({ interruptAt: '"type":"boot"' }, "flash", "--json", "0", appFile);
    expect([run.code, run.events().at(-2)]).toEqual([
      130,
      { type: "note", code: "cancelled-complete", params: {} },
    ]);
  });
});

describe("a trace", () => {
  it("is written beside the work and holds every byte", async () => {
    const desk = createDesk();
    const before = desk.board.statistics.bytesToChip;
    const run = await desk.run("info", "--trace", files.path("trace.ndjson"));
    expect(run.code).toBe(0);
    const lines = readFileSync(files.path("trace.ndjson"), "utf8").trimEnd().split("\n");
    const [header, ...entries] = lines.map((line) => JSON.parse(line));
    expect(header).toEqual({
      format: "flashwright/trace",
      version: 1,
      label: desk.board.transport.label,
      capabilities: desk.board.transport.capabilities,
      payloads: "hidden",
    });
    const out = entries.flatMap((entry) => (entry.out === undefined ? [] : [entry.out.length / 2]));
    expect(out.reduce((sum, size) => sum + size, 0)).toBe(desk.board.statistics.bytesToChip - before);
    expect(entries.at(-1)).toEqual({ t: expect.any(Number), end: "closed" });
  });

  it("that cannot be written is said before the port is opened", async () => {
    const desk = createDesk();
    const run = await desk.run("info", "--trace", files.path("no/such/trace"));
    expect([run.code, run.stderr.split("\n").at(-2), desk.opened]).toEqual([1, " code: file-unwritable", []]);
  });
});
