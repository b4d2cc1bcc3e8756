/** The page's engine on a port of the agent: the board is unplugged, the connection breaks, the agent goes. @module */

import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { BoardEngine } from "../../apps/web/src/engine/board-engine.js";
import type { EngineEvent } from "../../apps/web/src/engine/engine.js";
import { type AgentServer, startAgentServer } from "../support/agent-server.js";
import { bootImage, noise } from "../support/content.js";

const data = noise(0x30000, 8);
const named = (path: string, bytes: Uint8Array) => ({
  path,
  file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
});

let server: AgentServer;
let engine: BoardEngine;
const events: EngineEvent[] = [];
const sockets: WebSocket[] = [];
/** What happens in the middle of the writing, one thing in each session. */
let happenings: (() => void)[] = [];
const board = createVirtualBoard({ clock: systemClock, pace: "unlimited", flash: bootImage() });

beforeEach(async () => {
  server = await startAgentServer({
    listPorts: async () => [{ path: "/dev/ttyUSB0", vendorId: "10c4", productId: "ea60" }],
    openPort: async () => board.reconnect(),
  });
  class Kept extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.push(this);
    }
  }
  vi.stubGlobal("WebSocket", Kept);
  events.length = 0;
  engine = new BoardEngine(({ event }) => {
    events.push(event);
    const isWriting = event.type === "progress" && event.operation === "write";
    if (isWriting && event.doneBytes >= 0x8000) happenings.shift()?.();
  });
});
afterEach(async () => {
  await engine.disconnect();
  await server.close();
  vi.unstubAllGlobals();
});

it("an unplugged board, and a connection to the agent that breaks, are gone on with", async () => {
  const { url, token } = server;
  const adapter = { vendorId: "10c4", productId: "ea60" };
  await engine.connect({ kind: "agent", url, token, id: "ttyUSB0", label: "/dev/ttyUSB0", adapter });
  const command = "esptool.py write_flash 0x0 boot.bin 0x10000 data.bin";
  await engine.openFirmware([named("boot.bin", bootImage()), named("data.bin", data)], command);
  await engine.plan({ eraseAll: false, header: {}, force: false });
  happenings = [
    () => board.unplug(),
    () => {
      for (const socket of sockets) socket.terminate();
    },
  ];
  const { result } = await engine.run("yes");
  expect(result).toMatch(/written and verified/);
  const writes = events.flatMap((event) =>
    event.type === "started" && event.operation === "write" ? [event.region.offset] : [],
  );
  expect(writes.slice(-2).every((offset) => offset > 0x10000)).toBe(true);
  expect([happenings.length, events.filter(({ type }) => type === "away").length]).toEqual([0, 2]);
  expect(Buffer.compare(board.flash.subarray(0x10000, 0x40000), data)).toBe(0);
});
