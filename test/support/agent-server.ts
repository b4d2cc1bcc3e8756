/** The agent as it is, with its security and limits, on a free loopback port and with ports of a test behind it. @module */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AgentOptions, startAgent } from "@flashwright/agent";
import { systemClock } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { WebSocket } from "ws";

/** An agent that runs in this process. */
export interface AgentServer {
  readonly url: string;
  /** Of the terminal, out of the file that the agent has left. */
  readonly token: string;
  /** What a client needs. */
  readonly access: Parameters<typeof openAgentPort>[0];
  close(): Promise<void>;
}

/** Starts one with a data folder of its own, which goes with it. */
export async function startAgentServer(options: Partial<AgentOptions> = {}): Promise<AgentServer> {
  const dataFolder = mkdtempSync(join(tmpdir(), "agent-server-"));
  const removeFolder = () => rmSync(dataFolder, { recursive: true, force: true });
  const agent = await startAgent({
    dataFolder,
    tcpPorts: [0],
    listPorts: async () => [],
    openPort: async (path) => Promise.reject(new Error(`nobody expected ${path} to be opened`)),
    page: new Map(),
    ...options,
  }).catch((error) => {
    removeFolder();
    throw error;
  });
  const url = agent.url.replace(/\/$/, "");
  const { token } = JSON.parse(readFileSync(join(dataFolder, "agent.json"), "utf8")) as { token: string };
  return {
    url,
    token,
    access: { url, token, clock: systemClock, WebSocket },
    async close() {
      await agent.close();
      removeFolder();
    },
  };
}

/** Opens a port of the agent at 115200 baud. */
export function openThrough(server: AgentServer, id: string, onOverrun?: (droppedBytes: number) => void) {
  return openAgentPort(server.access, id, {
    baudRate: 115200,
    ...(onOverrun === undefined ? {} : { onOverrun }),
  });
}
