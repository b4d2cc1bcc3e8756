/** A client that stops reading while its board talks on: the agent's memory stays flat, and what is lost is counted. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { systemClock } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { agentLimits, portPath, withToken } from "@flashwright/web-transport/agent-protocol";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { bundlePrograms, type Programs } from "./support/bundle.js";
import { type AgentAt, Program } from "./support/process.js";

const MIB = 0x100000;
/** At 921600 baud this is what a board says in about 40 minutes. */
const FLOOD_BYTES = 200 * MIB;
const WARM_BYTES = 16 * MIB;
const GROWTH_BYTES = 16 * MIB;

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms();
});
afterAll(() => programs.remove());

/** A board that does nothing but talk, as a raw TCP server of one client. */
async function startTalker() {
  const server = createServer();
  const connected = once(server, "connection") as Promise<[Socket]>;
  void connected.then(([socket]) => socket.on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `socket://127.0.0.1:${port}`,
    id: `socket-127.0.0.1-${port}`,
    /** Says so many bytes as fast as they are taken. */
    async say(byteCount: number) {
      const [socket] = await connected;
      const piece = new Uint8Array(0x10000);
      for (let at = 0; at < byteCount; at += piece.length)
        if (!socket.write(piece)) await once(socket, "drain");
    },
    async close() {
      (await connected)[0].destroy();
      server.close();
    },
  };
}

/** An agent of its own with one port, where a board talks. */
async function startTalk() {
  const talker = await startTalker();
  const agent = new Program(["--expose-gc", programs.agent, talker.address]);
  const at = (await agent.says("agent")) as AgentAt;
  const memory = async () => {
    agent.tell("memory");
    return (await agent.says("rss")) as number;
  };
  return {
    talker,
    at,
    /** How much the agent's memory has grown at most while the board says `FLOOD_BYTES`. */
    async growth() {
      // Buffers of sockets, and what is garbage between two collections, are there once some bytes have passed.
      await talker.say(WARM_BYTES);
      const before = await memory();
      let peak = before;
      for (let said = 0; said < FLOOD_BYTES; said += 8 * MIB) {
        await talker.say(8 * MIB);
        peak = Math.max(peak, await memory());
      }
      return peak - before;
    },
    async end() {
      await agent.kill();
      await talker.close();
    },
  };
}

it("costs 1.25 MiB and no more, and what is lost is told to the byte", async () => {
  const { talker, at, growth, end } = await startTalk();
  try {
    let lost = 0;
    const transport = await openAgentPort({ ...at, clock: systemClock, WebSocket }, talker.id, {
      baudRate: 115200,
      onOverrun: (droppedBytes) => {
        lost += droppedBytes;
      },
    });
    expect(await growth()).toBeLessThan(GROWTH_BYTES);
    let read = 0;
    const kept = agentLimits.untakenBytes + agentLimits.bufferBytes;
    while (read < kept) read += (await transport.read())!.length;
    await talker.say(0x10000);
    while (read < kept + 0x10000) read += (await transport.read())!.length;
    expect([read, lost]).toEqual([kept + 0x10000, WARM_BYTES + FLOOD_BYTES - kept]);
    await transport.close();
  } finally {
    await end();
  }
});

it("costs no more when it does not even read its socket, as a process that was stopped", async () => {
  const { talker, at, growth, end } = await startTalk();
  try {
    const socket = new WebSocket(
      `${at.url.replace("http", "ws")}${portPath(talker.id, 115200)}`,
      withToken(at.token),
    );
    await once(socket, "message");
    socket.pause();
    expect(await growth()).toBeLessThan(GROWTH_BYTES);
    socket.terminate();
  } finally {
    await end();
  }
});
