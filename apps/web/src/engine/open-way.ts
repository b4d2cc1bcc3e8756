/** From a way to an open port. @module */
import type { Transport } from "@flashwright/core";
import type { Way } from "./engine.js";
import { platformClock } from "./platform-clock.js";
import { VirtualBoards } from "./virtual-boards.js";

/** Opens ways; a virtual board stays the same one as long as the page lives. */
export class WayOpener {
  readonly #boards = new VirtualBoards(platformClock);

  /** @throws FlasherError those of opening a port */
  async open(way: Way): Promise<Transport> {
    if (way.kind === "virtual") return this.#boards.open(way);
    const { lentTransport } = await import("../remote/lent-transport.js");
    return lentTransport(way.port);
  }
}
