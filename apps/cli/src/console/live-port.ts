/** A port that may go away and come back. @module */
import { type AbortSignalLike, FlasherError, type Transport } from "@flashwright/core";
import { awaitPort } from "@flashwright/core/board";
import type { Context } from "../context.js";
import { openPort } from "../ports/open-port.js";
import { identifyPort } from "../ports/port-identity.js";
import { placesOf } from "../ports/port-places.js";

/** How long a port that is gone is looked for, in milliseconds. */
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

/** The port at an address. @param wrap what every transport that is opened goes through */
export async function livePort(
  context: Pick<Context, "world" | "emit">,
  address: string,
  baudRate: number,
  wrap: (transport: Transport) => Transport = (transport) => transport,
): Promise<LivePort> {
  const { world } = context;
  const identity = await identifyPort(world, address);
  const open = async (path: string) => {
    const transport = wrap(await openPort(context, path));
    try {
      await transport.setBaudRate(baudRate);
      return transport;
    } catch (error) {
      await transport.close();
      throw error;
    }
  };
  const seconds = PATIENCE_MS / 1000;
  const tooLate = (cause: unknown) =>
    new FlasherError("console-port-away", { label: address, seconds }, { cause });
  return {
    open: () => open(address),
    reopen: (signal) => awaitPort(placesOf(world, identity, open), { seconds, signal, tooLate }),
  };
}
