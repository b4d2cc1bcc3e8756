/**
 * An agent in a process of its own, so that it can be killed and its memory measured.
 *
 *   node agent.mjs <address of a port> ...
 *
 * Prints {"agent": {"url", "token"}} once it listens, and {"rss"}, bytes, each time that a line comes in; without garbage where Node was
 * started with --expose-gc.
 */
import { createInterface } from "node:readline";
import { openTransport } from "@flashwright/node-transport";
import { startAgentServer } from "../../support/agent-server.js";

const say = (fact: object) => console.log(JSON.stringify(fact));
const server = await startAgentServer({
  namedPorts: process.argv.slice(2),
  openPort: (path, baudRate) => openTransport(path, { baudRate }),
});
say({ agent: { url: server.url, token: server.token } });
createInterface(process.stdin).on("line", () => {
  (globalThis as { gc?: () => void }).gc?.();
  say({ rss: process.memoryUsage().rss });
});
