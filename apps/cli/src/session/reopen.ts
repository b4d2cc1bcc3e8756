/** A port that has gone and may come back. @module */
import { isFlasherError, type MessageCode, sleep, type Transport } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import type { Context } from "../context.js";
import type { World } from "../world.js";

/** How long somebody may take to find the cable. */
export const WAIT_SECONDS = 120;
/** Between two looks. */
const LOOK_MS = 500;

/** A port that is just coming or going, or that the system has not given to this user yet. */
const NOT_YET: ReadonlySet<MessageCode> = new Set<MessageCode>([
  "port-not-found",
  "port-denied",
  "port-busy",
  "port-in-use",
  "port-failed",
  "port-lost",
  "network-unreachable",
]);

/**
 * What is known of the adapter at a port, so that it is recognised under another name.
 * @returns `undefined` for what is no port of this computer, and where the ports cannot be listed
 */
export async function adapterAt(world: World, address: string): Promise<ListedPort | undefined> {
  if (address.includes("://") || address.includes("virtual:")) return undefined;
  const ports = await world.listPorts().catch(() => []);
  return ports.find(({ path }) => path === address);
}

/**
 * Asks a person to plug the board in again, and opens its port as soon as it is there: under the same address, or where the
 * same adapter (its serial number tells) came back under another.
 * @returns the port; `undefined` where it did not come back in time
 * @throws the signal's reason; what opening fails with for another reason than that the port is not there
 */
export async function awaitPort(
  { world, emit, signal }: Context,
  address: string,
  adapter: ListedPort | undefined,
): Promise<Transport | undefined> {
  emit({ type: "warning", code: "port-awaited", params: { label: address, seconds: WAIT_SECONDS } });
  for (const end = world.clock.now() + WAIT_SECONDS * 1000; world.clock.now() < end; ) {
    await sleep(world.clock, LOOK_MS, signal);
    for (const candidate of [address, ...(await otherNames(world, address, adapter))]) {
      const transport = await openIfThere(world, candidate);
      if (transport === undefined) continue;
      emit({ type: "note", code: "port-back", params: { label: transport.label } });
      return transport;
    }
  }
  return undefined;
}

async function otherNames(world: World, address: string, adapter: ListedPort | undefined): Promise<string[]> {
  if (adapter?.serialNumber === undefined) return [];
  const ports = await world.listPorts().catch(() => []);
  return ports
    .filter((port) => port.path !== address && isSameAdapter(port, adapter))
    .map(({ path }) => path);
}

/** Whether both are one adapter, whatever the ports are called. */
export function isSameAdapter(one: ListedPort, other: ListedPort): boolean {
  return (["vendorId", "productId", "serialNumber"] as const).every((key) => one[key] === other[key]);
}

async function openIfThere(world: World, address: string): Promise<Transport | undefined> {
  try {
    return await world.openTransport(address);
  } catch (error) {
    if (isFlasherError(error) && NOT_YET.has(error.code)) return undefined;
    throw error;
  }
}
