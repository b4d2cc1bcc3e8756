/** From a way to an open port. @module */
import { type AdapterIdentity, FlasherError, type Transport } from "@flashwright/core";
import {
  adapterOf,
  browserClock,
  grantedPorts,
  openWebSerialPort,
  type WebSerial,
} from "@flashwright/web-transport";
import type { AgentWay, EngineEvent, Way } from "./engine.js";
import { toldOf } from "./tell.js";
import { VirtualBoards } from "./virtual-boards.js";

/** An open port, and the bridge behind it where that is known. */
export interface OpenedWay {
  readonly transport: Transport;
  readonly adapter?: AdapterIdentity | undefined;
}

/** Every rate that matters is set by whoever talks over the port. */
const FIRST_RATE = 115_200;

/** Opens ways; a virtual board stays the same one as long as the page lives. */
export class WayOpener {
  readonly #boards = new VirtualBoards(browserClock);

  /** @param tell hears of bytes that a port lost */
  constructor(readonly tell: (event: EngineEvent) => void) {}

  /** @throws FlasherError those of opening a port */
  async open(way: Way): Promise<OpenedWay> {
    if (way.kind === "virtual") return { transport: await this.#boards.open(way) };
    if (way.kind === "serial") return openSerial(way.label);
    if (way.kind === "agent") return this.#openAgent(way);
    const { lentTransport } = await import("../remote/lent-transport.js");
    return { transport: await lentTransport(way.port), adapter: way.adapter };
  }

  async #openAgent({ url, token, id, label, adapter }: AgentWay): Promise<OpenedWay> {
    const { openAgentPort } = await import("@flashwright/web-transport/agent");
    const onOverrun = (bytes: number) => {
      const told = toldOf({ type: "warning", code: "agent-overrun", params: { label, bytes } });
      if (told !== undefined) this.tell(told);
    };
    const options = { baudRate: FIRST_RATE, label, onOverrun };
    return { transport: await openAgentPort({ url, token, clock: browserClock }, id, options), adapter };
  }
}

/** In a worker, which has the ports but cannot ask for one. */
async function openSerial(label: string): Promise<OpenedWay> {
  const { serial } = navigator as { readonly serial?: WebSerial };
  const ports = serial === undefined ? [] : await grantedPorts(serial);
  const found = ports.find((port) => port.label === label);
  if (found === undefined) throw new FlasherError("port-not-found", { label });
  const transport = await openWebSerialPort(found.port, { baudRate: FIRST_RATE, label });
  return { transport, adapter: adapterOf(found) };
}
