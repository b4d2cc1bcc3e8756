/**
 * The agent in a process of its own, with one port. Prints where it is and its token as JSON, and its memory in bytes at each
 * line that comes in.
 *
 *   node agent.mjs <address of a port>
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startAgent } from "@flashwright/agent";

const dataFolder = mkdtempSync(join(tmpdir(), "agent-bench-"));
process.on("exit", () => rmSync(dataFolder, { recursive: true, force: true }));
process.on("SIGTERM", () => process.exit());

const { url } = await startAgent({
  dataFolder,
  tcpPorts: [0],
  listPorts: async () => [],
  namedPorts: process.argv.slice(2),
});
const { token } = JSON.parse(readFileSync(join(dataFolder, "agent.json"), "utf8"));
console.log(JSON.stringify({ url: url.replace(/\/$/, ""), token }));
createInterface(process.stdin).on("line", () => {
  globalThis.gc?.();
  console.log(process.memoryUsage().rss);
});
