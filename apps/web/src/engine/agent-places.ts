/** Where a port of an agent is found again when it was unplugged, or when the way to the agent broke. @module */
import { type FlasherError, isFlasherError, type Transport } from "@flashwright/core";
import type { PortPlaces } from "@flashwright/core/board";
import { browserClock } from "@flashwright/web-transport";
import { type AgentClient, type AgentPort, connectAgent } from "@flashwright/web-transport/agent";
import type { AgentWay } from "./engine.js";

/** An agent that lives answers sooner; one that was started anew does not know this page. */
const AGENT_MS = 5000;

/** What has to be known to look for it. */
export interface AgentSearch {
  readonly way: AgentWay;
  /** Opens a port by its id. */
  readonly open: (id: string) => Promise<Transport>;
  /** Called once for each time that it is waited for, when the agent does not answer. */
  readonly onSilent: () => void;
}

/** Under the same id, or where the same adapter came up under another one that was not there beside it. */
export function agentPlaces({ way, open, onSilent }: AgentSearch): PortPlaces<string> {
  let client: AgentClient | undefined;
  let beside: readonly string[] | undefined;
  let isTold = false;

  async function listed(): Promise<readonly AgentPort[]> {
    const { url, token } = way;
    client ??= await connectAgent({
      url,
      token,
      clock: browserClock,
      onEvent(event) {
        if (event.type === "lost") client = undefined;
      },
    });
    return client.ports;
  }
  const isSame = ({ id, vendorId, productId }: AgentPort) =>
    id === way.id ||
    (way.adapter !== undefined &&
      vendorId === way.adapter.vendorId &&
      productId === way.adapter.productId &&
      beside?.includes(id) === false);
  return {
    clock: browserClock,
    async places() {
      const ports = await listed();
      beside ??= ports.map(({ id }) => id).filter((id) => id !== way.id);
      const found = ports.filter(isSame).map(({ id }) => id);
      return found.includes(way.id) ? [way.id] : found;
    },
    open,
    isHopeless(error: FlasherError, waitedMs: number) {
      if (!isFlasherError(error, "agent-unreachable")) return isFlasherError(error, "agent-unauthorised");
      if (!isTold) onSilent();
      isTold = true;
      return waitedMs >= AGENT_MS;
    },
    done() {
      client?.close();
      client = undefined;
      beside = undefined;
      isTold = false;
    },
  };
}
