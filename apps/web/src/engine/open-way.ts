/** From a way to an open port that lasts. @module */
import { type AdapterIdentity, FlasherError } from "@flashwright/core";
import { LastingPort } from "@flashwright/core/board";
import { adapterOf, browserClock, grantedPorts, type WebSerial } from "@flashwright/web-transport";
import { words } from "../words/words.js";
import type { AgentWay, EngineEvent, PortWay, SerialWay, VirtualWay, Way } from "./engine.js";
import { agentTrouble } from "./explain.js";
import { openGranted, serialPlaces } from "./serial-places.js";
import { toldOf } from "./tell.js";
import { VirtualBoards } from "./virtual-boards.js";

/** An open port, the bridge behind it where that is known, and what kind of way led there. */
export interface OpenedWay {
  readonly kind: Way["kind"];
  readonly port: LastingPort;
  readonly adapter?: AdapterIdentity | undefined;
  /** What is wrong with whoever lends the port, where that can be asked. */
  readonly trouble?: () => Promise<FlasherError | undefined>;
}

/** Every rate that matters is set by whoever talks over the port. */
const FIRST_RATE = 115_200;

/** Opens ways; a virtual board stays the same one as long as the page lives. */
export class WayOpener {
  readonly #boards = new VirtualBoards(browserClock);

  /** @param tell hears of bytes that a port lost, and of an agent that does not answer */
  constructor(readonly tell: (event: EngineEvent) => void) {}

  /** @throws FlasherError those of opening a port */
  async open(way: Way): Promise<OpenedWay> {
    const { kind } = way;
    if (kind === "virtual") return { kind, ...(await this.#openVirtual(way)) };
    if (kind === "serial") return { kind, ...(await openSerial(way)) };
    if (kind === "agent") return { kind, ...(await this.#openAgent(way)) };
    return { kind, ...(await openLent(way)) };
  }

  async #openVirtual(way: VirtualWay): Promise<Omit<OpenedWay, "kind">> {
    const open = () => this.#boards.open(way);
    const transport = await open();
    const places = { clock: browserClock, places: async () => [way], open };
    return { port: new LastingPort(transport, transport.label, places) };
  }

  async #openAgent(way: AgentWay): Promise<Omit<OpenedWay, "kind">> {
    const { openAgentPort } = await import("@flashwright/web-transport/agent");
    const { agentPlaces } = await import("./agent-places.js");
    const { url, token, label, adapter } = way;
    const onOverrun = (bytes: number) => {
      const told = toldOf({ type: "warning", code: "agent-overrun", params: { label, bytes } });
      if (told !== undefined) this.tell(told);
    };
    const open = (id: string) =>
      openAgentPort({ url, token, clock: browserClock }, id, { baudRate: FIRST_RATE, label, onOverrun });
    const onSilent = () => this.tell({ type: "away", ...words.away.agent });
    const places = agentPlaces({ way, open, onSilent });
    return {
      port: new LastingPort(await open(way.id), label, places),
      adapter,
      trouble: () => agentTrouble(way),
    };
  }
}

/** In a worker, which has the ports but cannot ask for one. */
async function openSerial({ label }: SerialWay): Promise<Omit<OpenedWay, "kind">> {
  const { serial } = navigator as { readonly serial?: WebSerial };
  const ports = serial === undefined ? [] : await grantedPorts(serial);
  const found = ports.find((port) => port.label === label);
  if (serial === undefined || found === undefined) throw new FlasherError("port-not-found", { label });
  const transport = await openGranted(found, label);
  const port = new LastingPort(transport, label, serialPlaces(serial, found, ports));
  return { port, adapter: adapterOf(found) };
}

/** The page finds the port again, too. */
async function openLent({ port: channel, adapter }: PortWay): Promise<Omit<OpenedWay, "kind">> {
  const { borrowPort } = await import("../remote/lent-port.js");
  const open = borrowPort(channel);
  const transport = await open();
  const places = { clock: browserClock, places: async () => [channel], open };
  return { port: new LastingPort(transport, transport.label, places), adapter };
}
