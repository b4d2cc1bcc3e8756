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
/** Happens once in the middle of the writing. */
let inTheMiddle: () => void;
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
  inTheMiddle = () => {};
  events.length = 0;
  engine = new BoardEngine(({ event }) => {
    events.push(event);
    if (event.type !== "progress" || event.operation !== "write" || event.doneBytes < 0x10000) return;
    const happens = inTheMiddle;
    inTheMiddle = () => {};
    happens();
  });
});
afterEach(async () => {
  await engine.disconnect();
  await server.close();
  vi.unstubAllGlobals();
});

async function flash(seed: number) {
  const bytes = noise(data.length, seed);
  const { url, token } = server;
  const adapter = { vendorId: "10c4", productId: "ea60" };
  await engine.connect({ kind: "agent", url, token, id: "ttyUSB0", label: "/dev/ttyUSB0", adapter });
  const command = "esptool.py write_flash 0x0 boot.bin 0x10000 data.bin";
  await engine.openFirmware([named("boot.bin", bootImage()), named("data.bin", bytes)], command);
  await engine.plan({ eraseAll: false, header: {}, force: false });
  return {
    done: engine.run("yes"),
    holds: () => Buffer.compare(board.flash.subarray(0x10000, 0x40000), bytes) === 0,
  };
}
const writes = () =>
  events.flatMap((event) => (event.type === "started" && event.operation === "write" ? [event.region] : []));

it("an unplugged board, and a connection to the agent that breaks, are gone on with", async () => {
  inTheMiddle = () => board.unplug();
  const first = await flash(1);
  expect((await first.done).result).toMatch(/written and verified/);
  expect([first.holds(), writes().at(-1)!.offset > 0x10000]).toEqual([true, true]);

  events.length = 0;
  inTheMiddle = () => {
    for (const socket of sockets) socket.terminate();
  };
  const second = await flash(2);
  expect((await second.done).result).toMatch(/written and verified/);
  expect([second.holds(), events.filter(({ type }) => type === "away").length]).toEqual([true, 1]);
});
