/** A port that may go away and come back. @module */
import { type AbortSignalLike, FlasherError, isFlasherError, sleep, type Transport } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import type { Context } from "../context.js";
import { isSameAdapter } from "../session/reopen.js";
import { isVirtualAddress, openVirtualPort } from "../virtual/virtual-port.js";

/** How often a port that is gone is looked for, and for how long; milliseconds. */
const LOOK_MS = 500;
export const PATIENCE_MS = 300_000;

/** One port, by address and, where it is behind USB, by what its bridge says of itself. */
export interface LivePort {
  /** Opens the port. @throws FlasherError those of opening */
  open(): Promise<Transport>;
  /**
   * Waits for the port and opens it again.
   * @throws FlasherError `console-port-away` when it does not come back in time; the signal's reason
   */
  reopen(signal: AbortSignalLike): Promise<Transport>;
}

/** The port at an address. */
export async function livePort(
  { world }: Pick<Context, "world">,
  address: string,
  baudRate: number,
): Promise<LivePort> {
  const identity = await identityOf(address);
  const openAt = async (path: string) => {
    const transport = isVirtualAddress(path)
      ? await openVirtualPort(path, world.clock)
      : await world.openTransport(path);
    try {
      await transport.setBaudRate(baudRate);
      return transport;
    } catch (error) {
      await transport.close();
      throw error;
    }
  };
  return {
    open: () => openAt(address),
    async reopen(signal) {
      const end = world.clock.now() + PATIENCE_MS;
      for (;;) {
        const path = await whereNow();
        const transport = path === undefined ? undefined : await openAt(path).catch(unlessBug);
        if (transport !== undefined) return transport;
        if (world.clock.now() >= end) {
          throw new FlasherError("console-port-away", { label: address, seconds: PATIENCE_MS / 1000 });
        }
        await sleep(world.clock, LOOK_MS, signal);
      }
    },
  };

  async function identityOf(path: string): Promise<ListedPort | undefined> {
    if (!isListed(path)) return undefined;
    const ports = await world.listPorts().catch(() => []);
    return ports.find((port) => port.path === path && port.vendorId !== undefined);
  }

  /** A bridge may come back under another name, and another bridge under the old one. */
  async function whereNow(): Promise<string | undefined> {
    if (identity === undefined) return address;
    const ports = (await world.listPorts().catch(() => [])).filter((port) => isSameAdapter(port, identity));
    return (ports.find(({ path }) => path === address) ?? ports[0])?.path;
  }
}

/** Whether the system's list of ports can hold it. */
function isListed(address: string): boolean {
  return !isVirtualAddress(address) && !address.includes("://");
}

/** While a system sets a port up again it gives all kinds of reasons why not. */
function unlessBug(error: unknown): undefined {
  if (!isFlasherError(error)) throw error;
}
