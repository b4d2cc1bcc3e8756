/** Agents for tests, and clients that say exactly what a test wants. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentPaths, withToken } from "@flashwright/web-transport/agent-protocol";
import { afterEach, vi } from "vitest";
import { WebSocket } from "ws";
import type { AgentEvent } from "./agent-event.js";
import { readPrivate } from "./private-file.js";
import { type AgentOptions, type RunningAgent, startAgent } from "./start-agent.js";

/** An agent on a free port with a data folder of its own. */
export interface TestAgent {
  readonly agent: RunningAgent;
  readonly port: number;
  readonly origin: string;
  readonly folder: string;
  readonly events: readonly AgentEvent[];
  /** A request with what a browser or a program would send. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** A POST as the agent's own page makes it, unless headers say otherwise. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A token of the agent's own page. */
  pageToken(): Promise<string>;
  terminalToken(): Promise<string>;
}

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A folder that is gone after the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "flashwright-agent-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts an agent that is ended after the test. */
export async function startTestAgent(options: Partial<AgentOptions> = {}): Promise<TestAgent> {
  const folder = options.dataFolder ?? testFolder();
  const events: AgentEvent[] = [];
  const agent = await startAgent({
    dataFolder: folder,
    tcpPorts: [0],
    listPorts: async () => [],
    page: new Map([
      [
        "/",
        { type: "text/html; charset=UTF-8", content: new TextEncoder().encode("<title>the page</title>") },
      ],
    ]),
    onEvent: (event) => events.push(event),
    ...options,
  });
  ends.push(() => agent.close());
  const { port } = new URL(agent.url);
  const origin = `http://127.0.0.1:${port}`;
  const ask = (path: string, init?: RequestInit) => fetch(`${origin}${path}`, { redirect: "error", ...init });
  const post: TestAgent["post"] = (path, body, headers = {}) => {
    const all = { "Content-Type": "application/json", Origin: origin, ...headers };
    return ask(path, { method: "POST", headers: all, body: JSON.stringify(body) });
  };
  const pageToken = async () => {
    const launchCode = agent.launchUrl().split("#code=")[1];
    return (await jsonOf<{ token: string }>(await post(agentPaths.session, { launchCode }))).token;
  };
  const terminalToken = async () => JSON.parse((await readPrivate(join(folder, "agent.json"))) ?? "").token;
  return { agent, port: Number(port), origin, folder, events, ask, post, pageToken, terminalToken };
}

/** The body of an answer. */
export async function jsonOf<T>(answer: Response): Promise<T> {
  return (await answer.json()) as T;
}

/** What came back on a connection until it was closed. */
export function raw(port: number, text: string, host = "127.0.0.1"): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect({ port, host }, () => socket.write(text));
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(answer));
  });
}

/** The status of an answer as it came. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

/** What a client of a WebSocket says of itself. */
export interface SocketWish {
  readonly path?: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

/** A WebSocket, or the status with which it was refused. */
export function openSocket(port: number, wish: SocketWish = {}): Promise<WebSocket | number> {
  const { path = agentPaths.control, token, headers = {} } = wish;
  const protocols = token === undefined ? [] : withToken(token);
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
  ends.push(() => socket.terminate());
  keepMessages(socket);
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket));
    socket.once("unexpected-response", (_, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    socket.once("error", reject);
  });
}

/** A WebSocket that must open. */
export async function mustOpen(port: number, wish: SocketWish = {}): Promise<WebSocket> {
  const socket = await openSocket(port, wish);
  if (typeof socket === "number") throw new Error(`refused with ${socket}`);
  return socket;
}

/** The code with which a socket is closed. */
export function closeCode(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once("close", (code) => resolve(code)));
}

/** The first message of a kind, which may have come already. */
export function nextMessage(socket: WebSocket, type: string): Promise<Record<string, unknown>> {
  const inbox = inboxes.get(socket) ?? [];
  return vi.waitFor(() => {
    const at = inbox.findIndex((message) => message.type === type);
    if (at === -1) throw new Error(`no ${type} among ${JSON.stringify(inbox)}`);
    return inbox.splice(at, 1)[0]!;
  }, 5000);
}

/** What came on each socket and was not looked at yet. */
const inboxes = new WeakMap<WebSocket, Record<string, unknown>[]>();

function keepMessages(socket: WebSocket): void {
  const inbox: Record<string, unknown>[] = [];
  inboxes.set(socket, inbox);
  socket.on("message", (data, isBinary) => {
    if (!isBinary) inbox.push(JSON.parse(String(data)));
  });
}
