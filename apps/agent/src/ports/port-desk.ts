/** All ports of this agent and who has them. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import { agentLimits, type ControlMessage, encodeError } from "@flashwright/web-transport/agent-protocol";
import type { AgentSocket } from "../socket.js";
import { type ControlOptions, ControlSession } from "./control-session.js";
import { listForClients } from "./listing.js";
import type { OfferedPort } from "./offered-port.js";
import { type CatalogueParts, PortCatalogue } from "./port-catalogue.js";
import { PortSession } from "./port-session.js";
import { type PortsSeen, PortWatch } from "./port-watch.js";

/** What happened at a port, for a log. The id is harmless text; no byte of a board is in it. */
export type DeskEvent =
  | { readonly type: "port-opened"; readonly id: string; readonly baudRate: number }
  | { readonly type: "port-refused"; readonly id: string; readonly code: string }
  | { readonly type: "port-closed"; readonly id: string; readonly why: string };

/** What a desk is made of. */
export interface PortDeskParts extends CatalogueParts {
  readonly clock: Clock;
  readonly onEvent?: (event: DeskEvent) => void;
}

/** Who has a port, and when it has been let go of. */
interface Holding {
  readonly session: PortSession;
  readonly free: Promise<void>;
}

/** Lends ports to clients: one client a port, and only ports of the list. */
export class PortDesk {
  readonly #parts: PortDeskParts;
  readonly #catalogue: PortCatalogue;
  readonly #watch: PortWatch;
  readonly #controls = new Set<ControlSession>();
  readonly #sessions = new Set<PortSession>();
  readonly #holdings = new Map<string, Holding>();
  /** What the last look at the system's ports has shown; `undefined` before it. */
  #seen: PortsSeen | undefined;
  #isClosed = false;

  constructor(parts: PortDeskParts) {
    this.#parts = parts;
    const listPorts = listForClients(() => parts.listPorts());
    this.#catalogue = new PortCatalogue({ ...parts, listPorts });
    this.#watch = new PortWatch(listPorts, parts.clock, (seen) => this.#see(seen));
  }

  /** Tells the client of all ports now and at each change, and lets `onRequest` answer what it asks. */
  serveControl(socket: AgentSocket, options: ControlOptions = {}): void {
    const session: ControlSession = new ControlSession(socket, this.#parts.clock, options, () => {
      this.#controls.delete(session);
      if (this.#controls.size === 0) this.#stopWatching();
    });
    this.#controls.add(session);
    if (this.#isClosed) {
      session.close("the agent ends");
      return;
    }
    this.#watch.start();
    if (this.#seen !== undefined) session.tell(this.#state());
  }

  /** Opens the port of that id at `baudRate` bit/s and serves it on the socket; what is refused is said there. */
  servePort(socket: AgentSocket, id: string, baudRate: number): void {
    const session = new PortSession(socket, this.#parts.clock);
    if (this.#isClosed) {
      session.close("the agent ends");
      return;
    }
    this.#sessions.add(session);
    void this.#serve(session, id, baudRate).finally(() => this.#sessions.delete(session));
  }

  /** Closes every socket and port; resolves when all ports have been let go of. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const session of this.#sessions) session.close("the agent ends");
    for (const session of this.#controls) session.close("the agent ends");
    this.#stopWatching();
    await Promise.all([...this.#holdings.values()].map(({ free }) => free));
  }

  async #serve(session: PortSession, id: string, baudRate: number): Promise<void> {
    try {
      const port = await this.#catalogue.find(id);
      const before = this.#claimable(port, baudRate);
      const free = this.#open(port, session, baudRate, before);
      this.#holdings.set(id, { session, free });
      this.#tellAll();
      await free;
    } catch (error) {
      const { code } = encodeError(error);
      this.#parts.onEvent?.({ type: "port-refused", id, code });
      session.refuse(error);
    }
  }

  /** Whom to wait for: one who is just letting go of the port. @throws FlasherError when it cannot be had */
  #claimable({ shown }: OfferedPort, baudRate: number): Promise<void> | undefined {
    const { min, max } = agentLimits.baudRate;
    if (!Number.isInteger(baudRate) || baudRate < min || baudRate > max)
      throw new FlasherError("port-baud-refused", { label: shown.path, baudRate });
    const holding = this.#holdings.get(shown.id);
    if (holding === undefined) {
      const count = this.#holdings.size;
      if (count >= agentLimits.openPorts) throw new FlasherError("agent-ports-full", { count });
    } else if (holding.session.over === undefined) {
      throw new FlasherError("port-in-use", { label: shown.path, by: ["another client of this agent"] });
    }
    return holding?.free.catch(() => {});
  }

  async #open(
    port: OfferedPort,
    session: PortSession,
    baudRate: number,
    before: Promise<void> | undefined,
  ): Promise<void> {
    const { id } = port.shown;
    try {
      await before;
      if (session.over !== undefined) return;
      const transport = await port.open(baudRate);
      this.#parts.onEvent?.({ type: "port-opened", id, baudRate });
      await session.serve(transport);
      await transport.closed;
      this.#parts.onEvent?.({ type: "port-closed", id, why: session.over ?? "closed" });
    } finally {
      if (this.#holdings.get(id)?.session === session) this.#holdings.delete(id);
      this.#tellAll();
    }
  }

  #see(seen: PortsSeen): void {
    this.#seen = seen;
    this.#catalogue.take(seen.ports);
    this.#tellAll();
  }

  #stopWatching(): void {
    this.#watch.stop();
    this.#seen = undefined;
  }

  #tellAll(): void {
    if (this.#seen === undefined) return;
    const state = this.#state();
    for (const session of this.#controls) session.tell(state);
  }

  #state(): ControlMessage[] {
    const ports = this.#catalogue.offered.map(({ shown }) => {
      return { ...shown, inUse: this.#isInUse(shown.id) };
    });
    const seen = this.#seen;
    const failure = seen === undefined || seen.ports !== undefined ? [] : [seen.error];
    return [
      { type: "ports", ports },
      ...failure.map((error): ControlMessage => ({ type: "ports-unavailable", error: encodeError(error) })),
    ];
  }

  #isInUse(id: string): boolean {
    const holding = this.#holdings.get(id);
    return holding !== undefined && holding.session.over === undefined;
  }
}
