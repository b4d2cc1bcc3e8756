/** The agent that serves this page, where one does. Elsewhere nothing is asked of anybody. @module */
import { type Accessor, createSignal, onCleanup } from "solid-js";
import type { AgentWay } from "../engine/engine.js";
import { storedToken } from "./agent-token.js";

/** A port of the agent, as a person chooses it. */
export interface AgentPortOffer extends Pick<AgentWay, "id" | "label" | "adapter"> {
  /** For people, with the adapter's name. */
  readonly title: string;
  /** Another client of the agent has it. */
  readonly isTaken: boolean;
}

/** Why the agent cannot be used, and what to do. */
export interface AgentTrouble {
  readonly title: string;
  readonly message: string;
  readonly hint: string | undefined;
  /** Whether it may be over when somebody asks again; a link has to be opened elsewhere. */
  readonly mayPass: boolean;
}

/** How this page stands with its agent. */
export type AgentState =
  | { readonly kind: "connecting" }
  /** `unlisted`: the system does not say which ports there are. */
  | { readonly kind: "ports"; readonly ports: readonly AgentPortOffer[]; readonly unlisted?: string }
  | { readonly kind: "cut"; readonly trouble: AgentTrouble };

/** The agent of this page. */
export interface PageAgent {
  readonly state: Accessor<AgentState>;
  /** The way to one of its ports, with the token that is good by then. */
  wayTo(port: AgentPortOffer): AgentWay;
  reconnect(): void;
}

/** Follows the agent that marked this page as its own; `undefined` on any other page. */
export function createAgent(): PageAgent | undefined {
  if (document.querySelector('meta[name="flashwright-agent"]') === null) return undefined;
  const [state, setState] = createSignal<AgentState>({ kind: "connecting" });
  let controller = new AbortController();

  function start(): void {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const fragment = takeFragment();
    setState({ kind: "connecting" });
    void import("./follow-agent.js").then(({ followAgent }) => followAgent(fragment, setState, signal));
  }
  // Only the fragment changes where a link is opened in a window that has the page already.
  const onHash = () => {
    if (location.hash !== "") start();
  };
  addEventListener("hashchange", onHash);
  onCleanup(() => {
    removeEventListener("hashchange", onHash);
    controller.abort();
  });
  start();
  const wayTo = ({ id, label, adapter }: AgentPortOffer): AgentWay => {
    return { kind: "agent", url: location.origin, token: storedToken() ?? "", id, label, adapter };
  };
  return { state, wayTo, reconnect: start };
}

/** Before anything else: a code has no business in the history or in a picture of the screen. */
function takeFragment(): string {
  const { hash, pathname, search } = location;
  if (hash !== "") history.replaceState(null, "", `${pathname}${search}`);
  return hash;
}
