/** What a port is recognised by when it comes back. @module */
import { isFlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { isVirtualAddress } from "../virtual/virtual-port.js";
import type { World } from "../world.js";
import { adapterAt, type UsbPort } from "./adapter.js";

/** A port, as it was known while it was there. */
export interface PortIdentity {
  /** As typed. */
  readonly address: string;
  /** Behind it, where that is known. */
  readonly adapter: UsbPort | undefined;
  /** Paths of other adapters that cannot be told from this one, for they say the same of themselves. */
  readonly twins: readonly string[];
}

/** Notes what is to be known of a port that is there. */
export async function identifyPort(world: World, address: string): Promise<PortIdentity> {
  const ports = isListed(address) ? await listed(world) : [];
  const adapter = await adapterAt(ports, address);
  if (adapter === undefined) return { address, adapter, twins: [] };
  const twins = ports.filter((port) => port.path !== adapter.path && isSameAdapter(port, adapter));
  return { address, adapter, twins: twins.map(({ path }) => path) };
}

/**
 * Addresses at which the port may be now, the likeliest first: where its adapter is listed, and the old one unless another
 * adapter has it.
 */
export async function whereNow(world: World, identity: PortIdentity): Promise<string[]> {
  const { address, adapter, twins } = identity;
  if (adapter === undefined) return [address];
  const ports = await world.listPorts().catch(() => undefined);
  if (ports === undefined) return [address];
  const atAddress = ports.find(({ path }) => path === address);
  const elsewhere = ports
    .filter((port) => port !== atAddress && isSameAdapter(port, adapter) && !twins.includes(port.path))
    .map(({ path }) => path);
  if (atAddress !== undefined) return isSameAdapter(atAddress, adapter) ? [address, ...elsewhere] : elsewhere;
  // A link that the system makes for the adapter is in no list, and follows it.
  const isLink = adapter.path !== address;
  return isLink ? [address, ...elsewhere] : [...elsewhere, address];
}

/** Whether the system's list of ports can hold it. */
function isListed(address: string): boolean {
  return !isVirtualAddress(address) && !address.includes("://");
}

/** A board is reached without this list; it only says what to try first, and where to look when the port is gone. */
async function listed(world: World): Promise<ListedPort[]> {
  try {
    return await world.listPorts();
  } catch (error) {
    if (isFlasherError(error, "port-list-unavailable")) return [];
    throw error;
  }
}

/** Whether both are one adapter, whatever the ports are called. */
function isSameAdapter(one: ListedPort, other: ListedPort): boolean {
  return (["vendorId", "productId", "serialNumber"] as const).every((key) => one[key] === other[key]);
}
