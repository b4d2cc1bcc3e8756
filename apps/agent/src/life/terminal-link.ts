/** The terminal asks an agent that runs: a new link, pairings. @module */
import { FlasherError } from "@flashwright/core";
import { systemClock } from "@flashwright/node-transport";
import {
  type AgentAnswer,
  type AgentClient,
  type AgentEvent,
  connectAgent,
} from "@flashwright/web-transport/agent";
import type { PairingInfo, PairingState } from "@flashwright/web-transport/agent-protocol";
import { findRunning } from "./runtime-file.js";

/** How a pairing ended. */
export type PairingEnd = Extract<PairingState, { state: "paired" | "closed" }>;

/** An agent as the terminal of its own user talks to it. */
export interface TerminalLink {
  /** A link that opens the agent's page, once, within a minute. */
  newLink(): Promise<string>;
  pairings(): Promise<PairingInfo[]>;
  /** Forgets a pairing, or "all"; the rest. @throws FlasherError `agent-pairing-unknown` */
  revoke(pairing: string): Promise<PairingInfo[]>;
  /**
   * Opens a pairing and follows it to its end, which is its last state.
   * @throws FlasherError `agent-pairing-open`, `agent-unreachable` when the agent ends
   */
  pair(tell: (state: PairingState) => void): Promise<PairingEnd>;
  /** A pairing that is open here is cancelled. */
  close(): void;
}

/**
 * Connects to the agent of a data folder.
 * @throws FlasherError `agent-not-running`, `file-unreadable`, `agent-unreachable`
 */
export async function connectToRunning(dataFolder: string): Promise<TerminalLink> {
  const running = await findRunning(dataFolder);
  if (running === undefined) throw new FlasherError("agent-not-running");
  const { WebSocket } = await import("ws");
  let hear: (event: AgentEvent) => void = () => {};
  const client = await connectAgent({
    url: `http://127.0.0.1:${running.port}`,
    token: running.token,
    clock: systemClock,
    WebSocket,
    onEvent: (event) => hear(event),
  });
  return {
    newLink: async () => linkIn(await client.ask({ do: "new-link" })),
    pairings: async () => pairingsIn(await client.ask({ do: "list-pairings" })),
    revoke: async (pairing) => pairingsIn(await client.ask({ do: "revoke-pairing", pairing })),
    pair: (tell) => {
      const { over, take } = followPairing(tell);
      hear = take;
      return openPairing(client, over);
    },
    close: () => client.close(),
  };
}

async function openPairing(client: AgentClient, over: Promise<PairingEnd>): Promise<PairingEnd> {
  const [, end] = await Promise.all([client.ask({ do: "open-pairing" }), over]);
  return end;
}

function followPairing(tell: (state: PairingState) => void) {
  let take: (event: AgentEvent) => void = () => {};
  const over = new Promise<PairingEnd>((resolve, reject) => {
    take = (event) => {
      if (event.type === "lost") reject(event.error);
      if (event.type !== "pairing") return;
      tell(event.pairing);
      if (event.pairing.state === "paired" || event.pairing.state === "closed") resolve(event.pairing);
    };
  });
  return { over, take };
}

function linkIn(answer: AgentAnswer): string {
  return answer.type === "link" ? answer.url : nonsense();
}

function pairingsIn(answer: AgentAnswer): PairingInfo[] {
  return answer.type === "pairings" ? answer.pairings : nonsense();
}

function nonsense(): never {
  throw new FlasherError("agent-failed", { detail: "an answer of another kind was expected" });
}
