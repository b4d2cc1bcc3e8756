import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { agentPaths, type PairingState } from "@flashwright/web-transport/agent-protocol";
import { describe, expect, it } from "vitest";
import { closeCode, mustOpen, nextMessage, startTestAgent, testFolder } from "../agent.fixture.js";
import { readPrivate } from "../private-file.js";
import { listPairings, revokePairing } from "./known-pairings.js";
import { connectToRunning } from "./terminal-link.js";

const GUEST = "https://flash.example";
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("an agent's file", () => {
  it("is its owner's alone, says where it runs, and goes with it", async () => {
    const { agent, folder, port } = await startTestAgent();
    const path = join(folder, "agent.json");
    expect(JSON.parse((await readPrivate(path))!)).toEqual({
      format: "flashwright/agent",
      version: 1,
      pid: process.pid,
      port,
      token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
    if (process.platform !== "win32") expect(modeOf(path)).toBe(0o600);
    await agent.close();
    expect(existsSync(path)).toBe(false);
  });

  it("keeps a second one from starting, and is kept by that", async () => {
    const { folder, port, pageToken } = await startTestAgent();
    await expect(startTestAgent({ dataFolder: folder })).rejects.toMatchObject({
      code: "agent-running",
      params: { pid: process.pid, port },
    });
    expect(await pageToken()).toHaveLength(43);
  });

  it.each([
    ["of one whose process is gone", { pid: 2 ** 30, port: 1 }],
    ["of another program's process, at whose port nobody answers", { pid: process.pid, port: 1 }],
  ])("that was left behind is replaced: %s", async (_, left) => {
    const folder = testFolder();
    const content = { format: "flashwright/agent", version: 1, token: "A".repeat(43), ...left };
    await writeFile(join(folder, "agent.json"), JSON.stringify(content));
    const { port } = await startTestAgent({ dataFolder: folder });
    expect(JSON.parse((await readPrivate(join(folder, "agent.json")))!).port).toBe(port);
  });

  it("is not believed where another agent has taken its port", async () => {
    const other = await startTestAgent();
    const folder = testFolder();
    const content = { format: "flashwright/agent", version: 1, pid: process.pid, port: other.port };
    await writeFile(join(folder, "agent.json"), JSON.stringify({ ...content, token: "A".repeat(43) }));
    await expect(connectToRunning(folder)).rejects.toMatchObject({ code: "agent-not-running" });
  });

  it("of a process that is gone is not believed, whoever answers at its port", async () => {
    const hello = JSON.stringify({ name: "flashwright-agent", protocol: 1 });
    const squatter = createHttpServer((_, response) => response.end(hello));
    await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
    const { port } = squatter.address() as { port: number };
    const folder = testFolder();
    const content = { format: "flashwright/agent", version: 1, pid: 2 ** 30, port, token: "A".repeat(43) };
    await writeFile(join(folder, "agent.json"), JSON.stringify(content));
    await expect(startTestAgent({ dataFolder: folder })).resolves.toBeDefined();
    squatter.close();
    squatter.closeAllConnections();
  });

  it("is of one alone when two start together", async () => {
    const folder = testFolder();
    const started = await Promise.allSettled([
      startTestAgent({ dataFolder: folder }),
      startTestAgent({ dataFolder: folder }),
    ]);
    expect(started.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(existsSync(join(folder, "agent.json"))).toBe(true);
  });
});

describe("TCP ports", () => {
  it("are tried in order; without a free one nothing starts", async () => {
    const taken = await takePort();
    const { port } = await startTestAgent({ tcpPorts: [taken.port, 0] });
    expect(port).not.toBe(taken.port);
    const tcpPorts = [taken.port, port];
    await expect(startTestAgent({ tcpPorts })).rejects.toMatchObject({
      code: "agent-ports-taken",
      params: { ports: tcpPorts.map(String) },
    });
    taken.close();
  });
});

describe("the end of an agent", () => {
  it("tells its clients, lets go of their ports, and leaves nothing that answers", async () => {
    const { agent, port, ask, terminalToken, events } = await startTestAgent({ virtualBoards: ["esp-12f"] });
    const token = await terminalToken();
    const control = await mustOpen(port, { token });
    const open = await mustOpen(port, { token, path: "/api/ports/esp-12f?baud=115200" });
    await nextMessage(open, "open");
    const codes = Promise.all([closeCode(control), closeCode(open)]);
    await Promise.all([agent.close(), agent.close()]);
    expect(await codes).toEqual([1001, 1001]);
    expect(events).toContainEqual(expect.objectContaining({ type: "port-closed", id: "esp-12f" }));
    await expect(ask("/")).rejects.toThrow();
  });
});

describe("a client that hangs on", () => {
  it.each([
    ["to an upgrade that was refused", "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
    ["in the middle of its headers", "X: "],
    ["to a connection that it keeps alive", "\r\n"],
  ])("does not keep the agent from ending: %s", async (_, rest) => {
    const { agent, port } = await startTestAgent();
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    socket.write(`GET /api/control HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${rest}`);
    socket.on("error", () => {});
    if (rest !== "X: ") await once(socket, "data");
    const start = performance.now();
    await agent.close();
    expect(performance.now() - start).toBeLessThan(3000);
    socket.destroy();
  });
});

describe("the terminal", () => {
  it("gets a new link of the agent that runs", async () => {
    const { folder, post } = await startTestAgent();
    const link = await connectToRunning(folder);
    const launchCode = (await link.newLink()).split("#code=")[1];
    expect((await post(agentPaths.session, { launchCode })).status).toBe(200);
    link.close();
  });

  it("opens a pairing and follows it, and its going cancels it", async () => {
    const { folder, post, agent } = await startTestAgent();
    const link = await connectToRunning(folder);
    const states: PairingState[] = [];
    const over = link.pair((state) => states.push(state));
    await expect.poll(() => states[0]?.state).toBe("open");
    await expect((await connectToRunning(folder)).pair(() => {})).rejects.toMatchObject({
      code: "agent-pairing-open",
    });
    const { code } = states[0] as Extract<PairingState, { state: "open" }>;
    expect((await post(agentPaths.pairing, { code }, { Origin: GUEST })).status).toBe(200);
    expect(await over).toEqual({ state: "paired", pairing: agent.pairings()[0] });
    void link.pair(() => {});
    await expect.poll(() => opens(agent)).toBe(false);
    link.close();
    await expect.poll(() => opens(agent)).toBe(true);
    const last = (await connectToRunning(folder)).pair(() => {});
    await expect.poll(() => opens(agent)).toBe(false);
    await agent.close();
    expect(await last).toEqual({ state: "closed", reason: "cancelled" });
  });

  it("lists and revokes pairings, of an agent that runs and of none; connected pages are cut off", async () => {
    const first = await startTestAgent();
    const { folder } = first;
    const [a, b] = [await pair(first, GUEST), await pair(first, "https://other.example")];
    const [guest, other] = await Promise.all(
      [a, b].map(({ token, origin }) => mustOpen(first.port, { token, headers: { Origin: origin } })),
    );
    expect((await listPairings(folder)).map(({ origin }) => origin)).toEqual([a.origin, b.origin]);
    const closed = closeCode(guest!);
    expect((await revokePairing(folder, a.pairingId)).map(({ id }) => id)).toEqual([b.pairingId]);
    expect(await closed).toBe(1008);
    expect(other!.readyState).toBe(1);
    await expect(revokePairing(folder, a.pairingId)).rejects.toMatchObject({ code: "agent-pairing-unknown" });
    await first.agent.close();
    expect((await listPairings(folder)).map(({ id }) => id)).toEqual([b.pairingId]);
    expect(await revokePairing(folder, "all")).toEqual([]);
    expect((await startTestAgent({ dataFolder: folder })).agent.pairings()).toEqual([]);
  });

  it("is told where the list of pairings is damaged, and nothing starts", async () => {
    const folder = testFolder();
    await writeFile(join(folder, "pairings.json"), "{");
    await expect(startTestAgent({ dataFolder: folder })).rejects.toMatchObject({
      code: "agent-pairings-damaged",
      params: { name: join(folder, "pairings.json") },
    });
  });

  it("keeps pairings in a file of its owner alone", async () => {
    const test = await startTestAgent();
    const { secret } = await pair(test, GUEST);
    const path = join(test.folder, "pairings.json");
    expect(await readPrivate(path)).toContain(secret);
    if (process.platform !== "win32") expect(modeOf(path)).toBe(0o600);
  });
});

/** Whether a pairing can be opened; what was opened is cancelled. */
function opens(agent: Awaited<ReturnType<typeof startTestAgent>>["agent"]): boolean {
  try {
    agent.openPairing(() => {})();
    return true;
  } catch {
    return false;
  }
}

async function pair({ agent, post }: Awaited<ReturnType<typeof startTestAgent>>, origin: string) {
  let code = "";
  agent.openPairing((state) => {
    if (state.state === "open") code = state.code;
  });
  const answer = await post(agentPaths.pairing, { code }, { Origin: origin });
  return { origin, ...((await answer.json()) as { pairingId: string; secret: string; token: string }) };
}

async function takePort(): Promise<{ port: number; close(): void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}
