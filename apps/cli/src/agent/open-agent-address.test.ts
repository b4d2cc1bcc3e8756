import { createVirtualBoard } from "@flashwright/virtual-device";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AgentServer, startAgentServer } from "../../../../test/support/agent-server.js";
import { createDesk } from "../cli.fixture.js";
import { systemClock } from "../system-clock.js";
import type { World } from "../world.js";
import { openAgentAddress } from "./open-agent-address.js";

let server: AgentServer;
const board = createVirtualBoard();
beforeEach(async () => {
  server = await startAgentServer({ namedPorts: ["/dev/esp-12f"], openPort: async () => board.reconnect() });
});
afterEach(() => server.close());

/** A world whose ports are those of the agent, and its address for one of them. */
const world = (): Partial<World> => ({
  clock: systemClock,
  openTransport: (address, onOverrun) =>
    openAgentAddress(address, {
      env: { FLASHWRIGHT_AGENT_TOKEN: server.token },
      dataFolder: "/nowhere",
      onOverrun,
    }),
});
const at = (id: string) => `agent://${server.url.slice("http://".length)}/${id}`;

describe("a command at a port of an agent", () => {
  it("reaches the board behind it", async () => {
    const run = await createDesk().runIn(world(), "info", "--port", at("esp-12f"), "--json");
    expect([run.code, run.events().at(-1)]).toEqual([
      0,
      expect.objectContaining({
        type: "completed",
        result: expect.objectContaining({ code: "chip-identified" }),
      }),
    ]);
  });

  it("says that the agent has no such port, and that no agent is there", async () => {
    const unknown = await createDesk().runIn(world(), "info", "--port", at("ttyUSB7"));
    expect([unknown.code, unknown.stderr.split("\n")[0]]).toEqual([
      1,
      "error: The agent offers no port ttyUSB7, but these: esp-12f.",
    ]);
    const nobody = await createDesk().runIn(world(), "info", "--port", "agent://127.0.0.1:9/ttyUSB0");
    expect([nobody.code, nobody.stderr.split("\n")[0]]).toEqual([
      1,
      "error: No agent answers at http://127.0.0.1:9.",
    ]);
  });

  it("warns of bytes that the agent lost", async () => {
    const desk = createDesk();
    const openTransport: World["openTransport"] = async (_, onOverrun) => {
      onOverrun?.(4096);
      return desk.board.reconnect();
    };
    const run = await desk.runIn(
      { openTransport },
      "info",
      "--json",
      "--port",
      "agent://127.0.0.1:4380/COM3",
    );
    expect(run.events().filter(({ type }) => type === "warning")).toEqual([
      {
        type: "warning",
        code: "agent-overrun",
        params: { label: "agent://127.0.0.1:4380/COM3", bytes: 4096 },
      },
    ]);
  });
});
