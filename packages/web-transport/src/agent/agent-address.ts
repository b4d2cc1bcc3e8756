/** Where an agent is, and why it does not answer. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { within } from "@flashwright/core/port";
import { agentPaths } from "../agent-protocol/index.js";
import type { WebSocketClass } from "./web-socket.js";

const PROBE_MS = 3000;

/** How to reach an agent. */
export interface AgentAccess {
  /** "http://127.0.0.1:4380", with or without a path behind it, which is ignored. */
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
 * out: whoever answers that is an agent which does not accept the token. A page whose origin the agent does not know
 * cannot see the answer either and is told that nobody answers.
 */
export async function whyNotOpen(
  { url, clock }: AgentAccess,
  detail: string | undefined,
): Promise<FlasherError> {
  const address = new URL(url).origin;
  const cause = detail === undefined ? undefined : new Error(detail);
  const answer = fetch(new URL(agentPaths.hello, url)).then(
    ({ status }) => status,
    () => undefined,
  );
  const status = await within(clock, PROBE_MS, answer, () => new Error("late")).catch(() => undefined);
  const isAgent = status === 200 || status === 401 || status === 403;
  return new FlasherError(isAgent ? "agent-unauthorised" : "agent-unreachable", { address }, { cause });
}
