/** The USB-UART bridge behind a port. @module */
import { realpath } from "node:fs/promises";
import { isFlasherError } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import { isVirtualAddress } from "../virtual/virtual-port.js";
import type { World } from "../world.js";

/** A listed port that is known to be behind USB. */
export type UsbPort = ListedPort & { readonly vendorId: string; readonly productId: string };

/**
 * The bridge of a serial port, by its path or by a link to it, such as those in /dev/serial/by-id; `undefined` where the
 * address is none of a USB port, or the ports of this computer cannot be listed.
 */
export async function findAdapter(world: World, address: string): Promise<UsbPort | undefined> {
  if (isVirtualAddress(address) || address.includes("://")) return undefined;
  const ports = await listed(world);
  const named = ports.find(({ path }) => path === address);
  const found = named ?? (await behindLink(ports, address));
  return found !== undefined && isUsb(found) ? found : undefined;
}

/** A board is reached without this list; it only says what to try first. */
async function listed(world: World): Promise<ListedPort[]> {
  try {
    return await world.listPorts();
  } catch (error) {
    if (isFlasherError(error, "port-list-unavailable")) return [];
    throw error;
  }
}

async function behindLink(ports: readonly ListedPort[], address: string): Promise<ListedPort | undefined> {
  const target = await realpath(address).catch(() => undefined);
  return target === undefined ? undefined : ports.find(({ path }) => path === target);
}

function isUsb(port: ListedPort): port is UsbPort {
  return port.vendorId !== undefined && port.productId !== undefined;
}
