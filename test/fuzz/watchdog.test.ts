/** @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { text as readText } from "node:stream/consumers";
import { expect, it } from "vitest";

const thread = new URL("./watchdog-thread.mjs", import.meta.url).href;

/** A program whose second case never gives up the thread; the first one is over before anybody looks. */
const endless = `
  const { Worker } = require("node:worker_threads");
  const state = new Int32Array(new SharedArrayBuffer(12));
  const input = new Uint8Array(new SharedArrayBuffer(64));
  const workerData = { state, input, targets: ["first", "second"], seed: 7, limitMs: 100 };
  new Worker(new URL(${JSON.stringify(thread)}), { workerData }).once("message", () => {
    input.set([1, 2, 3]);
    state.set([0, 1, 3]);
    Atomics.store(state, 0, 2);
    for (;;);
  });
`;

it("ends a process that hangs in one case, with its target, its seed and its input in a file", async () => {
  const child = spawn(process.execPath, ["-e", endless], { stdio: ["ignore", "ignore", "pipe"] });
  const [said, [code]] = await Promise.all([readText(child.stderr), once(child, "close")]);
  // Ended by a signal it has none, on Windows one that is not 0.
  expect(code).not.toBe(0);
  const [, target, seed, size, file] =
    /"(\w+)" does not come to an end within 100 ms: seed (\d+), (\d+) bytes in (.+)\n/.exec(said) ?? [];
  expect([target, seed, size]).toEqual(["second", "7", "3"]);
  expect([...readFileSync(file)]).toEqual([1, 2, 3]);
  rmSync(file);
});
