/** Waiting for a port that has gone. @module */
import {
  type AbortSignalLike,
  type FlasherError,
  isFlasherError,
  sleep,
  type Transport,
} from "@flashwright/core";
import type { World } from "../world.js";
import { type PortIdentity, whereNow } from "./port-identity.js";

/** Between two looks. */
const LOOK_MS = 500;

/** What is waited for, and how. */
export interface PortWait {
  readonly identity: PortIdentity;
  /** How long. */
  readonly seconds: number;
  /** Opens the port at an address. */
  readonly open: (address: string) => Promise<Transport>;
  readonly signal: AbortSignalLike;
  /** Called once, when the port was not there at the first look. */
  readonly onAway?: () => void;
  /** What is thrown in the end. @param cause why the port could not be opened at the last look */
  readonly tooLate: (cause: unknown) => FlasherError;
}

/**
 * Opens a port as soon as it is there: under the same address, or where the same adapter came back under another.
 * @throws what `tooLate` makes; the signal's reason
 */
export async function awaitPort(world: World, wait: PortWait): Promise<Transport> {
  const { identity, seconds, signal, onAway } = wait;
  const end = world.clock.now() + seconds * 1000;
  for (let look = 1; ; look++) {
    await sleep(world.clock, LOOK_MS, signal);
    const found = await openFirst(await whereNow(world, identity), wait.open);
    if ("transport" in found) return found.transport;
    if (look === 1) onAway?.();
    if (world.clock.now() >= end) throw wait.tooLate(found.cause);
  }
}

/** While a system sets a port up again it gives all kinds of reasons why not; what is no such reason is a bug. */
async function openFirst(
  addresses: readonly string[],
  open: PortWait["open"],
): Promise<{ readonly transport: Transport } | { readonly cause: unknown }> {
  let cause: unknown;
  for (const address of addresses) {
    try {
      return { transport: await open(address) };
    } catch (error) {
      if (!isFlasherError(error)) throw error;
      cause ??= error;
    }
  }
  return { cause };
}
