/** The connection to the agent of this page. Loaded where there is one. @module */
import { FlasherError, isFlasherError } from "@flashwright/core";
import { adapterOf, browserClock } from "@flashwright/web-transport";
import { type AgentEvent, type AgentPort, connectAgent } from "@flashwright/web-transport/agent";
import { launchCodeFrom } from "@flashwright/web-transport/agent-protocol";
import { launchPage } from "@flashwright/web-transport/agent-session";
import { pageHint } from "../report/hints.js";
import { words } from "../words/words.js";
import { storedToken, storeToken } from "./agent-token.js";
import type { AgentPortOffer, AgentState, AgentTrouble } from "./create-agent.js";

/**
 * Exchanges the code of a link for a token, and tells which ports there are until `signal` ends it.
 * @param fragment of the address with which the page was opened
 */
export async function followAgent(
  fragment: string,
  tell: (state: AgentState) => void,
  signal: AbortSignal,
): Promise<void> {
  const url = location.origin;
  const say = (state: AgentState) => {
    if (!signal.aborted) tell(state);
  };
  try {
    const token = await takeToken(url, fragment);
    if (token === undefined) return say(linkNeeded());
    await followPorts({ url, token, signal }, say, (error) => say(cutBy(error)));
  } catch (error) {
    say(cutBy(error));
  }
}

/**
 * Connects, and tells which ports there are until `signal` ends it.
 * @param onLost hears of the agent's end
 * @throws FlasherError those of `connectAgent`
 */
export async function followPorts(
  { url, token, signal }: { readonly url: string; readonly token: string; readonly signal: AbortSignal },
  onPorts: (state: Extract<AgentState, { kind: "ports" }>) => void,
  onLost: (error: FlasherError) => void,
): Promise<void> {
  const onEvent = listener(onPorts, onLost);
  const client = await connectAgent({ url, token, clock: browserClock, onEvent });
  signal.addEventListener("abort", () => client.close());
  if (signal.aborted) client.close();
}

/** A port in the words of the page. */
export function offerOf({ id, path, product, bridge, inUse, ...ids }: AgentPort): AgentPortOffer {
  const name = product ?? bridge;
  const title = name === undefined ? path : `${name} · ${path}`;
  return { id, label: path, adapter: adapterOf(ids), title, isTaken: inUse };
}

function listener(
  say: (state: Extract<AgentState, { kind: "ports" }>) => void,
  onLost: (error: FlasherError) => void,
): (event: AgentEvent) => void {
  let ports: readonly AgentPortOffer[] = [];
  return (event) => {
    if (event.type === "ports") {
      ports = event.ports.map(offerOf);
      say({ kind: "ports", ports });
    } else if (event.type === "ports-unavailable") {
      say({ kind: "ports", ports, unlisted: `${event.error.message} ${words.agent.unlisted}` });
    } else if (event.type === "lost") onLost(event.error);
  };
}

/** New with the code of a link, or the one that this window has had. */
async function takeToken(url: string, fragment: string): Promise<string | undefined> {
  const code = launchCodeFrom(fragment);
  if (code === undefined) return storedToken();
  try {
    storeToken(await launchPage({ url }, code));
  } catch (error) {
    // A link that was opened a second time in the same window.
    if (storedToken() === undefined) throw error;
  }
  return storedToken();
}

function cutBy(error: unknown): AgentState {
  if (isFlasherError(error, "agent-unauthorised")) return linkNeeded();
  return { kind: "cut", trouble: troubleOf(error) };
}

/** A failure in the words of the page. */
export function troubleOf(error: unknown): AgentTrouble {
  const known = isFlasherError(error) ? error : new FlasherError("internal", { text: String(error) });
  const { code, message, hint } = known.toJSON();
  const title = code === "agent-unreachable" ? words.agent.ended : words.problem.title;
  return { title, message, hint: pageHint(code, hint), mayPass: true };
}

/** A token that is no longer good is forgotten. */
function linkNeeded(): AgentState {
  storeToken(undefined);
  const { title, message, hint } = words.agent.linkNeeded;
  return { kind: "cut", trouble: { title, message, hint, mayPass: false } };
}
