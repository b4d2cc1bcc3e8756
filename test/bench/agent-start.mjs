/** From the command to the first request that is answered. @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { report } from "./support.mjs";

const program = fileURLToPath(new URL("../../apps/cli/bin/flashwright.js", import.meta.url));
const RUNS = 9;
/** Listens, asks itself and ends. */
const BARE_SERVER = `
  const { createServer, get } = require("node:http");
  const server = createServer((_, response) => response.end("ok")).listen(0, "127.0.0.1", () =>
    get({ port: server.address().port, host: "127.0.0.1" }, () => process.exit()));
`;

export async function measureAgentStart() {
  console.log("`flashwright agent`, from its start to the first answer");
  report(`median of ${RUNS}`, `${(await median(startOnce)).toFixed(0)} ms`, "aim 300 ms");
  report("of which Node itself", `${(await median(() => runOnce("-e", ""))).toFixed(0)} ms`);
  report(
    "and Node with nothing but an HTTP server",
    `${(await median(() => runOnce("-e", BARE_SERVER))).toFixed(0)} ms`,
  );
}

async function median(measure) {
  const times = [];
  for (let run = 0; run < RUNS; run++) times.push(await measure());
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** Milliseconds of a Node that does only this. */
async function runOnce(...args) {
  const start = performance.now();
  await once(spawn(process.execPath, args), "exit");
  return performance.now() - start;
}

async function startOnce() {
  const folder = mkdtempSync(join(tmpdir(), "agent-start-"));
  const start = performance.now();
  const child = spawn(process.execPath, [program, "agent", "--no-open", "--json"], {
    env: { ...process.env, FLASHWRIGHT_DATA: folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    for await (const line of createInterface(child.stdout)) {
      const { type, url } = JSON.parse(line);
      if (type !== "agent") continue;
      const { status } = await fetch(url);
      const elapsed = performance.now() - start;
      if (status !== 200) console.log(`  WRONG: it answers ${status}`);
      return elapsed;
    }
    throw new Error("it did not say where it is");
  } finally {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  }
}
