/** The ports of this computer, or why there is no list, in words that fit whoever asks an agent. @module */
import { FlasherError, isFlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";

/** Lists the serial ports of a computer. */
export type ListPorts = () => Promise<readonly ListedPort[]>;

/** The same list; `port-list-unavailable`, which is said to a person with a command line, becomes `agent-ports-unlisted`. */
export function listForClients(list: ListPorts): ListPorts {
  return async () => {
    try {
      return await list();
    } catch (error) {
      if (!isFlasherError(error, "port-list-unavailable")) throw error;
      throw new FlasherError("agent-ports-unlisted", error.params);
    }
  };
}
