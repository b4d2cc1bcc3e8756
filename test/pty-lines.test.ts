import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { servePty } from "@flashwright/virtual-device/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FakeBoard } from "../packages/virtual-device/src/serve/fake-board.js";
import { buildLineLibrary } from "./support/line-library.js";
import { describeWith } from "./support/requirements.js";

const CLIENT = fileURLToPath(new URL("./support/serial-client.mjs", import.meta.url));

type Step = readonly [name: string, argument?: unknown];

/** Runs the steps in a process with the real serialport library; its results, in order. */
async function runSteps(path: string, steps: readonly Step[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLIENT, path, JSON.stringify(steps)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describeWith(["linux", "python3"], "the serialport library on a bare pseudo terminal", () => {
  it("opens it, sets every rate of a flasher, and exchanges bytes", async () => {
    const board = new FakeBoard();
    board.onWrite = (bytes) => board.send(bytes);
    const server = await servePty(() => board);
    try {
      const results = await runSteps(server.path, [
        ["open"],
        ["write", [0xc0, 0x00, 0xff]],
        ["read", 3],
        ["rate", 74880],
        ["write", [1]],
        ["read", 1],
        ["rate", 921600],
        ["write", [2]],
        ["read", 1],
        ["close"],
      ]);
      expect(results).toEqual(["ok", "ok", [0xc0, 0, 0xff], "ok", "ok", [1], "ok", "ok", [2], "ok"]);
      const facts = board.seen.filter((seen) => !("baudRate" in seen && seen.baudRate === 38400));
      expect(facts.slice(0, 6)).toEqual([
        { baudRate: 115200 },
        { write: [0xc0, 0x00, 0xff] },
        { baudRate: 74880 },
        { write: [1] },
        { baudRate: 921600 },
        { write: [2] },
      ]);
    } finally {
      await server.close();
    }
  });

  it("learns that there are no lines", async () => {
    const server = await servePty(() => new FakeBoard());
    try {
      const results = await runSteps(server.path, [["open"], ["set", { dtr: true, rts: false }], ["close"]]);
      expect(results).toEqual(["ok", { error: "Error: Inappropriate ioctl for device, cannot set" }, "ok"]);
    } finally {
      await server.close();
    }
  });
});

describeWith(["linux", "python3", "cc"], "the serialport library with the line library", () => {
  let folder: string;
  let env: { LD_PRELOAD: string; TTYMODEM_DIR: string };
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lines-")));
    env = buildLineLibrary(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("moves DTR and RTS in one step, in order with bytes and rates, and releases both when it closes", async () => {
    const board = new FakeBoard();
    let disconnected = () => {};
    const closed = new Promise<void>((resolve) => {
      disconnected = resolve;
    });
    const server = await servePty(() => board, {
      modemDirectory: folder,
      onEvent: (event) => event.type === "disconnected" && disconnected(),
    });
    try {
      const results = await runSteps(
        server.path,
        [
          ["open"],
          ["write", [0x41]],
          ["drain"],
          ["set", { dtr: false, rts: true }],
          ["write", [0x42]],
          ["drain"],
          ["set", { dtr: true, rts: false }],
          ["get"],
          ["close"],
        ],
        env,
      );
      expect(results).toEqual([
        "ok",
        "ok",
        "ok",
        "ok",
        "ok",
        "ok",
        "ok",
        { cts: false, dsr: false, dcd: false, lowLatency: false },
        "ok",
      ]);
      await closed;
      const facts = board.seen.filter((seen) => !("baudRate" in seen));
      expect(facts).toEqual([
        { signal: { dtr: true, rts: true } },
        { write: [0x41] },
        { signal: { dtr: false, rts: true } },
        { write: [0x42] },
        { signal: { dtr: true, rts: false } },
        { signal: { dtr: false, rts: false } },
        { end: "close" },
      ]);
    } finally {
      await server.close();
    }
  });
});
