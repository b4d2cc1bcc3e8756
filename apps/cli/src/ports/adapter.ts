/** The USB-UART bridge behind a port. @module */
import { realpath } from "node:fs/promises";
import type { ListedPort } from "@flashwright/node-transport";

/** A listed port that is known to be behind USB. */
export type UsbPort = ListedPort & { readonly vendorId: string; readonly productId: string };

/**
 * Of listed ports the one with an address, which may be its path or a link to it, such as those in /dev/serial/by-id;
 * `undefined` where that is none behind USB.
 */
export async function adapterAt(ports: readonly ListedPort[], address: string): Promise<UsbPort | undefined> {
  const named = ports.find(({ path }) => path === address);
  const found = named ?? (await behindLink(ports, address));
  return found !== undefined && isUsb(found) ? found : undefined;
}

async function behindLink(ports: readonly ListedPort[], address: string): Promise<ListedPort | undefined> {
  const target = await realpath(address).catch(() => undefined);
  return target === undefined ? undefined : ports.find(({ path }) => path === target);
}

function isUsb(port: ListedPort): port is UsbPort {
  return port.vendorId !== undefined && port.productId !== undefined;
}
