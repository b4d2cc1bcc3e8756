import { FlasherError as Failure, type FlasherError, type Transport } from "@flashwright/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { HeldClock } from "../../../../test/support/held-clock.js";
import { agentLimits } from "../agent-protocol/index.js";
import { type AgentEvent, connectAgent } from "./connect-agent.js";
import { openAgentPort } from "./open-agent-port.js";
import { ScriptedSocket } from "./scripted-socket.fixture.js";

const access = (clock = new HeldClock()) => ({
  url: "http://127.0.0.1:4380/page#x",
  token: "secret",
  clock,
  WebSocket: ScriptedSocket,
});
const open = { type: "open", label: "/dev/ttyUSB0", capabilities: { lines: "dtr-rts", baudRate: "any" } };
const turns = () => new Promise((resolve) => setImmediate(resolve));
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "it did not fail",
    (error: FlasherError) => error.code,
  );

/** An open port, the agent's side of it, and what was lost. */
async function opened(): Promise<{
  transport: Transport;
  agent: ScriptedSocket;
  clock: HeldClock;
  lost: number[];
}> {
  const clock = new HeldClock();
  const lost: number[] = [];
  const opening = openAgentPort(access(clock), "ttyUSB0", {
    baudRate: 115200,
    onOverrun: (n) => lost.push(n),
  });
  const agent = ScriptedSocket.newest;
  agent.say(open);
  return { transport: await opening, agent, clock, lost };
}

/** Answers the plain request that finds out why a socket did not open. */
function answering(answer: { readonly status: number } | undefined): void {
  vi.stubGlobal("fetch", async () => answer ?? Promise.reject(new TypeError("fetch failed")));
}
afterEach(() => vi.unstubAllGlobals());

describe("a port of an agent", () => {
  it("is asked for with the token as a subprotocol and nothing of it in the address", async () => {
    const { agent, transport } = await opened();
    expect(agent.address).toBe("ws://127.0.0.1:4380/api/ports/ttyUSB0?baud=115200");
    expect(agent.protocols).toEqual(["flashwright.agent.1", "flashwright.token.secret"]);
    expect([agent.binaryType, transport.label]).toEqual(["arraybuffer", "/dev/ttyUSB0"]);
  });

  it("takes no more bytes ahead than the agent allows, in frames of 64 KiB", async () => {
    const { transport, agent } = await opened();
    const write = transport.write(new Uint8Array(agentLimits.unwrittenBytes + 10));
    await turns();
    expect(agent.take()).toEqual([0x10000, 0x10000, 0x10000, 0x10000]);
    agent.say({ type: "written", byteCount: 7 });
    await turns();
    expect(agent.take()).toEqual([7]);
    agent.say({ type: "written", byteCount: agentLimits.unwrittenBytes });
    await turns();
    expect(agent.take()).toEqual([3]);
    agent.say({ type: "written", byteCount: agentLimits.unwrittenBytes + 10 });
    await write;
  });

  it("fails the write that waits where the agent says so, and goes on", async () => {
    const { transport, agent } = await opened();
    const failed = codeOf(transport.write(new Uint8Array(5)));
    await turns();
    const error = new Failure("port-failed", { label: "x", detail: "y" }).toJSON();
    agent.say({ type: "failed", error }, { type: "written", byteCount: 5 });
    expect(await failed).toBe("port-failed");
    const write = transport.write(new Uint8Array(5));
    await turns();
    agent.say({ type: "written", byteCount: 10 });
    await write;
  });

  it("tells what was taken at quarters of the window, not at every byte", async () => {
    const { transport, agent } = await opened();
    for (let at = 0; at < 3; at++) {
      agent.say(new Uint8Array(0x7fff));
      await transport.read();
    }
    expect(agent.take()).toEqual([{ do: "taken", byteCount: 3 * 0x7fff }]);
  });

  it("sends whole sequences of steps, in as few requests as may be", async () => {
    const { transport, agent } = await opened();
    const steps = Array.from({ length: 33 }, () => ({ dtr: true, brk: false, waitMs: 1 }));
    const signal = transport.signal([...steps, { waitMs: 9_999 }]);
    await turns();
    expect(agent.take()).toEqual([{ id: 0, do: "signal", steps: steps.slice(0, 32) }]);
    agent.say({ type: "done", id: 0 });
    await turns();
    expect(agent.take()).toEqual([{ id: 1, do: "signal", steps: [...steps.slice(32), { waitMs: 9_999 }] }]);
    agent.say({ type: "done", id: 1 });
    await signal;
  });

  it("refuses rates that no agent takes, without asking", async () => {
    const { transport, agent } = await opened();
    expect(await codeOf(transport.setBaudRate(299))).toBe("port-baud-refused");
    expect(await codeOf(transport.setBaudRate(4_000_001))).toBe("port-baud-refused");
    expect(agent.take()).toEqual([]);
  });

  it("tells of lost bytes", async () => {
    const { agent, lost } = await opened();
    agent.say({ type: "overrun", droppedBytes: 4096 });
    expect(lost).toEqual([4096]);
  });

  it.each<[string, (agent: ScriptedSocket, clock: HeldClock) => void, string]>([
    [
      "the agent says so",
      (agent) => agent.say({ type: "ended", reason: "lost", detail: "unplugged" }),
      "unplugged",
    ],
    ["the socket closes", (agent) => agent.end(), "the connection to the agent has ended"],
    [
      "the agent says what nobody understands",
      (agent) => agent.say({ type: "news" }),
      "the agent said something that this version does not understand",
    ],
    [
      "the agent is silent for 20 s and one beat",
      (_, clock) => clock.advance(agentLimits.silenceMs + agentLimits.aliveMs),
      "the agent said nothing for 20 s",
    ],
  ])("is lost when %s", async (_, happen, detail) => {
    const { transport, agent, clock } = await opened();
    happen(agent, clock);
    expect(await transport.closed).toEqual({ reason: "lost", detail });
    expect([agent.readyState, clock.pendingTimers]).toEqual([3, 0]);
  });

  it("is not lost while the agent lives, nor in a tab whose timers stood still", async () => {
    const { transport, agent, clock } = await opened();
    let end: unknown;
    void transport.closed.then((reason) => (end = reason));
    for (let beat = 0; beat < 20; beat++) {
      clock.advance(agentLimits.aliveMs);
      if (beat % 4 === 3) agent.say({ type: "alive" });
    }
    // All of an hour at once: one late timer is one beat.
    clock.leap(3_600_000);
    agent.say({ type: "alive" });
    await turns();
    expect(end).toBeUndefined();
  });
});

describe("a port that does not open", () => {
  it("fails with what the agent says, and asks nothing more", async () => {
    answering(undefined);
    const opening = codeOf(openAgentPort(access(), "ttyUSB0", { baudRate: 115200 }));
    const error = new Failure("port-in-use", { label: "/dev/ttyUSB0", by: ["another client"] }).toJSON();
    ScriptedSocket.newest.say({ type: "refused", error });
    expect(await opening).toBe("port-in-use");
  });

  it.each([
    ["nobody answers", undefined, "agent-unreachable"],
    ["somebody else answers", { status: 404 }, "agent-unreachable"],
    ["an agent takes the token, and has no room", { status: 200 }, "agent-busy"],
    ["an agent gets too many requests", { status: 429 }, "agent-busy"],
    ["an agent answers that it does not know the token", { status: 401 }, "agent-unauthorised"],
  ])("fails, where the socket closes at once and %s, with the code for that", async (_, answer, code) => {
    answering(answer);
    const ways = [
      () => openAgentPort(access(), "ttyUSB0", { baudRate: 115200 }),
      () => connectAgent(access()),
    ];
    for (const way of ways) {
      const failed = codeOf(way());
      ScriptedSocket.newest.end("Unexpected server response: 401");
      expect(await failed).toBe(code);
    }
  });

  it("fails after 15 s when nothing comes at all", async () => {
    const clock = new HeldClock();
    const opening = codeOf(openAgentPort(access(clock), "ttyUSB0", { baudRate: 115200 }));
    clock.advance(15_000);
    expect(await opening).toBe("agent-unreachable");
    expect([ScriptedSocket.newest.readyState, clock.pendingTimers]).toEqual([3, 0]);
  });
});

describe("an agent's client", () => {
  const ports = [{ id: "COM3", kind: "usb", path: "COM3", inUse: false }];

  async function connected() {
    const clock = new HeldClock();
    const events: AgentEvent[] = [];
    const connecting = connectAgent({ ...access(clock), onEvent: (event) => events.push(event) });
    const agent = ScriptedSocket.newest;
    agent.say({ type: "ports", ports: [] });
    return { client: await connecting, agent, events, clock };
  }

  it("has the ports, and tells of each change", async () => {
    const { client, agent, events } = await connected();
    const error = new Failure("port-list-unavailable", { detail: "no udevadm" });
    agent.say({ type: "ports", ports }, { type: "ports-unavailable", error: error.toJSON() });
    expect([agent.address, client.ports]).toEqual(["ws://127.0.0.1:4380/api/control", ports]);
    expect(events).toEqual([
      { type: "ports", ports: [] },
      { type: "ports", ports },
      { type: "ports-unavailable", error },
    ]);
  });

  it("pairs answers with questions", async () => {
    const { client, agent, events } = await connected();
    const pairings = client.ask({ do: "list-pairings" });
    const refused = codeOf(client.ask({ do: "open-pairing" }));
    expect(agent.take()).toEqual([
      { id: 0, do: "list-pairings" },
      { id: 1, do: "open-pairing" },
    ]);
    const pairing = { state: "closed", reason: "expired" };
    agent.say(
      { type: "failed", id: 1, error: new Failure("agent-terminal-only").toJSON() },
      { type: "pairing", pairing },
      { type: "pairings", id: 0, pairings: [] },
    );
    expect([await pairings, await refused]).toEqual([
      { type: "pairings", id: 0, pairings: [] },
      "agent-terminal-only",
    ]);
    expect(events.at(-1)).toEqual({ type: "pairing", pairing });
  });

  it("tells that it lost the agent, and fails what was asked and what is asked after", async () => {
    const { client, agent, events, clock } = await connected();
    const asked = codeOf(client.ask({ do: "list-pairings" }));
    agent.end();
    expect([await asked, await codeOf(client.ask({ do: "list-pairings" }))]).toEqual([
      "agent-unreachable",
      "agent-unreachable",
    ]);
    expect(events.at(-1)).toMatchObject({ type: "lost", error: { code: "agent-unreachable" } });
    expect(clock.pendingTimers).toBe(0);
  });

  it("that was closed tells nothing more", async () => {
    const { client, agent, events, clock } = await connected();
    client.close();
    expect([agent.readyState, events.length, clock.pendingTimers]).toEqual([3, 1, 0]);
  });
});
