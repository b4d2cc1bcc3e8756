/** Where a port is looked for when it has gone. @module */
import type { Transport } from "@flashwright/core";
import type { PortPlaces } from "@flashwright/core/board";
import type { World } from "../world.js";
import { type PortIdentity, whereNow } from "./port-identity.js";

/**
 * Under the same address, or where the same adapter came back under another.
 * @param open opens the port at an address
 */
export function placesOf(
  world: World,
  identity: PortIdentity,
  open: (address: string) => Promise<Transport>,
): PortPlaces<string> {
  return { clock: world.clock, places: () => whereNow(world, identity), open };
}
