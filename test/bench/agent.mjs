/**
 * What the way through an agent costs: the same flash, over the same port, directly and through an agent; each party in a
 * process of its own, as on a desk.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { runPlan } from "@flashwright/core";
import { openTransport, systemClock } from "@flashwright/node-transport";
import { connectAgent } from "@flashwright/web-transport/agent";
import { WebSocket } from "ws";
import { connectTo, firmwareLike, MIB, percent, planFor, report, seconds } from "./support.mjs";

const BAUD_RATE = 921_600;
const KINDS = [
  ["rfc2217", "an RFC 2217 server"],
  ["pty", "a serial port (pseudo terminal)"],
];

export async function measureAgent() {
  console.log(
    "4 MB of firmware-like data at 921600 baud, in real time, directly and through an agent, at the same time",
  );
  for (const [kind, name] of KINDS) {
    try {
      await measureKind(kind, name);
    } catch (error) {
      report(`${name}: not measured, ${error.message}`, "", "aim 3 %");
    }
  }
}

/** Two boards alike, one with an agent before it: what else the machine does meets both. */
async function measureKind(kind, name) {
  const boards = await Promise.all([startProcess("board.mjs", kind), startProcess("board.mjs", kind)]);
  const agent = await startProcess("agent.mjs", boards[1].said);
  try {
    const [directMs, throughMs] = await Promise.all([
      openTransport(boards[0].said, { baudRate: 115_200 }).then(flash),
      openThrough(JSON.parse(agent.said)).then(flash),
    ]);
    const times = `${seconds(directMs)} directly, ${seconds(throughMs)} through`;
    report(`${name}: ${times}`, percent(throughMs / directMs - 1), "aim 3 %");
  } finally {
    for (const process of [agent, ...boards]) await process.end();
  }
}

async function openThrough(at) {
  const access = { ...at, clock: systemClock, WebSocket };
  const agent = await connectAgent(access);
  const transport = await agent.openPort(agent.ports[0].id, { baudRate: 115_200 });
  agent.close();
  return transport;
}

/** Milliseconds of the whole work on an open port: connecting, writing, verifying. The port is closed afterwards. */
async function flash(transport) {
  const bytes = firmwareLike(4 * MIB);
  const start = performance.now();
  const session = await connectTo(transport, systemClock, { baudRate: BAUD_RATE });
  const { plan, data } = planFor(session, bytes, 0);
  const { result } = await runPlan(session, plan, data, { lossesAccepted: "yes" });
  const elapsed = performance.now() - start;
  if (result.code !== "flash-written-verified") console.log(`  WRONG: ${result.code}`);
  await transport.close();
  return elapsed;
}

/** Starts one of `processes`; `said` is its first line. */
export async function startProcess(name, ...args) {
  const path = fileURLToPath(new URL(`processes/${name}`, import.meta.url));
  const child = spawn(process.execPath, ["--expose-gc", path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(child.stdout);
  const [said] = await Promise.race([
    once(lines, "line"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${name} ended with ${code}`))),
  ]);
  return {
    said,
    /** The answer to a line. */
    async ask() {
      const answer = once(lines, "line");
      child.stdin.write("\n");
      return (await answer)[0];
    },
    async end() {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
