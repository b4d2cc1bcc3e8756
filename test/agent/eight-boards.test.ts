/** A bench of boards behind one agent: all at the same time, each with its own firmware. */
import { connect, esp8266, planFlash, runPlan } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { connectAgent } from "@flashwright/web-transport/agent";
import { expect, it, vi } from "vitest";
import { startAgentServer } from "../support/agent-server.js";
import { noise } from "../support/content.js";

const names = Array.from({ length: 8 }, (_, at) => `board-${at}`);

it("eight boards are flashed and verified at once through one agent, each with its own plan", async () => {
  const boards = new Map(names.map((name) => [name, createVirtualBoard({ clock: systemClock })]));
  const server = await startAgentServer({
    namedPorts: names.map((name) => `/dev/${name}`),
    openPort: async (path) => boards.get(path.slice("/dev/".length))!.reconnect(),
  });
  const agent = await connectAgent(server.access);
  expect(agent.ports.map(({ id, inUse }) => [id, inUse])).toEqual(names.map((name) => [name, false]));
  let open = 0;
  let openTogether = 0;

  const flash = async (name: string, at: number) => {
    const transport = await agent.openPort(name, { baudRate: 115200 });
    openTogether = Math.max(openTogether, ++open);
    const session = await connect(transport, { target: esp8266, clock: systemClock });
    const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
    const images = [
      { name: "one.bin", offset: 0x1000 * (at + 1), bytes: noise(0x20000 + 0x1000 * at, at + 1) },
      { name: "two.bin", offset: 0x100000, bytes: noise(0x40000, 100 + at) },
    ];
    const { plan, data } = planFlash({ target: esp8266, chip, images });
    const { result } = await runPlan(session, plan, data, { lossesAccepted: "yes" });
    await session.leave("hard-reset");
    await transport.close();
    open--;
    const board = boards.get(name)!;
    const isThere = images.map(({ offset, bytes }) =>
      Buffer.compare(board.flash.subarray(offset, offset + bytes.length), bytes),
    );
    return { code: result.code, isThere };
  };

  try {
    const results = await Promise.all(names.map(flash));
    expect(results).toEqual(names.map(() => ({ code: "flash-written-verified", isThere: [0, 0] })));
    // The capacitors on EN take their time.
    const bootModes = () => [...boards.values()].map(({ state }) => state.bootMode);
    await vi.waitFor(() => expect(bootModes()).toEqual(names.map(() => 3)));
    expect(openTogether).toBe(8);
  } finally {
    agent.close();
    await server.close();
  }
});
