/** Which ports this agent lends. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { type OfferedPort, shownPort } from "./offered-port.js";
import { PortIds } from "./port-ids.js";

/** Where ports come from, and which of them are lent. */
export interface CatalogueParts {
  /** The serial ports of this computer. @throws FlasherError `port-list-unavailable` */
  listPorts(): Promise<readonly ListedPort[]>;
  /** Opens a port by path or address at so many bit/s. */
  openPort(path: string, baudRate: number): Promise<Transport>;
  /** Opens a virtual board of the list by name. */
  openVirtual?(board: string): Promise<Transport>;
  readonly virtualBoards: readonly string[];
  /** Paths and addresses that the user has named; lent whatever they are. */
  readonly namedPorts: readonly string[];
  /** Ports that are not behind USB too. */
  readonly allPorts: boolean;
}

/** The ports that a listing returned last; no other can be found here. */
export class PortCatalogue {
  readonly #parts: CatalogueParts;
  readonly #ids = new PortIds();
  /** Those that are there without a listing. */
  readonly #always: readonly OfferedPort[];
  #offered: readonly OfferedPort[];

  constructor(parts: CatalogueParts) {
    this.#parts = parts;
    this.#always = [
      ...parts.virtualBoards.map((board) => this.#virtual(board)),
      ...parts.namedPorts.map((path) => this.#real({ path })),
    ];
    this.#offered = this.#always;
  }

  get offered(): readonly OfferedPort[] {
    return this.#offered;
  }

  /** Takes a new listing; none (`undefined`) where the system does not tell. */
  take(listed: readonly ListedPort[] | undefined): void {
    const { namedPorts, allPorts } = this.#parts;
    const lent = (listed ?? []).filter(
      ({ path, vendorId }) => allPorts || vendorId !== undefined || namedPorts.includes(path),
    );
    const found = lent.map((port) => this.#real(port));
    const ids = new Set(found.map(({ shown }) => shown.id));
    const others = this.#always.filter(({ shown }) => !ids.has(shown.id));
    this.#offered = [...found, ...others].slice(0, agentLimits.listedPorts);
  }

  /**
   * The port of that id; looks once more where it is not known.
   * @throws FlasherError `agent-port-unknown`, `agent-no-ports`; why there is no list
   */
  async find(id: string): Promise<OfferedPort> {
    const known = this.#known(id);
    if (known !== undefined) return known;
    this.take(await this.#parts.listPorts());
    const found = this.#known(id);
    if (found === undefined) throw this.#unknown(id.slice(0, 100));
    return found;
  }

  #unknown(id: string): FlasherError {
    const known = this.#offered.map(({ shown }) => shown.id);
    return known.length === 0
      ? new FlasherError("agent-no-ports", { id })
      : new FlasherError("agent-port-unknown", { id, known });
  }

  #known(id: string): OfferedPort | undefined {
    return this.#offered.find(({ shown }) => shown.id === id);
  }

  #real(port: ListedPort): OfferedPort {
    const isNamed = this.#parts.namedPorts.includes(port.path);
    const kind = port.vendorId !== undefined ? "usb" : isNamed ? "named" : "serial";
    return {
      shown: shownPort(this.#ids.idOf(port.path), kind, port),
      open: (baudRate) => this.#parts.openPort(port.path, baudRate),
    };
  }

  #virtual(board: string): OfferedPort {
    const path = `virtual:${board}`;
    return {
      shown: shownPort(this.#ids.idOf(path), "virtual", { path }),
      open: async () => {
        if (this.#parts.openVirtual === undefined) throw new Error("there is no way to open a virtual board");
        return this.#parts.openVirtual(board);
      },
    };
  }
}
