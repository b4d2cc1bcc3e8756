/** Where an agent is, and why it does not answer. @module */
import { type Clock, FlasherError, type MessageCode } from "@flashwright/core";
import { within } from "@flashwright/core/port";
import { agentPaths } from "../agent-protocol/index.js";
import type { WebSocketClass } from "./web-socket.js";

const PROBE_MS = 3000;

/** How to reach an agent. */
export interface AgentAccess {
  /** "http://127.0.0.1:8266", with or without a path behind it, which is ignored. */
  readonly url: string;
  /** The token of a session, as the agent gave it. */
  readonly token: string;
  readonly clock: Clock;
  /** The platform's own unless told: Node before 22 has none, give it the one of the package `ws`. */
  readonly WebSocket?: WebSocketClass;
}

/** The WebSocket address of a path on the agent. */
export function socketAddress(url: string, path: string): string {
  const address = new URL(path, url);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/** The class to make sockets of. @throws Error where the platform has none and none was given */
export function webSocketOf({ WebSocket }: AgentAccess): WebSocketClass {
  const found = WebSocket ?? (globalThis as { readonly WebSocket?: WebSocketClass }).WebSocket;
  if (found === undefined)
    throw new Error("this platform has no WebSocket: give one, for example that of `ws`");
  return found;
}

/**
 * Why a socket did not open. A browser says of a failed WebSocket nothing but that it failed, so a plain request finds
 * out: an agent that takes the token there has no room for another socket, and one that does not says so. A page whose
 * origin the agent does not know cannot see the answer either and is told that nobody answers.
 */
export async function whyNotOpen(
  { url, token, clock }: AgentAccess,
  detail: string | undefined,
): Promise<FlasherError> {
  const address = new URL(url).origin;
  const cause = detail === undefined ? undefined : new Error(detail);
  const headers = { Authorization: `Bearer ${token}` };
  const answer = fetch(new URL(agentPaths.hello, url), { headers }).then(
    ({ status }) => status,
    () => undefined,
  );
  const status = await within(clock, PROBE_MS, answer, () => new Error("late")).catch(() => undefined);
  return new FlasherError(MEANING[status ?? 0] ?? "agent-unreachable", { address }, { cause });
}

/** What the answer to the plain request says about the socket. */
const MEANING: Readonly<Record<number, MessageCode>> = {
  200: "agent-busy",
  401: "agent-unauthorised",
  403: "agent-unauthorised",
  429: "agent-busy",
};
