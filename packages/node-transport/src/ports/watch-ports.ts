/** Ports as they come and go. @module */
import { type AbortSignalLike, type Clock, sleep } from "@flashwright/core";
import { systemClock } from "../system-clock.js";
import { type ListedPort, listPorts } from "./list-ports.js";

/** How to watch. */
export interface WatchPortsOptions {
  /** Ends the watch; it then ends without an error. */
  readonly signal: AbortSignalLike;
  readonly clock?: Clock;
  /** Between two looks, in milliseconds; 500 by default. No system tells a plain program of serial ports by itself. */
  readonly intervalMs?: number;
  /** Lists the ports; `listPorts` by default. */
  readonly list?: () => Promise<readonly ListedPort[]>;
}

/** What has changed since the look before. */
export interface PortsChange {
  /** All that are there now. */
  readonly ports: readonly ListedPort[];
  /** In the first change: all. */
  readonly added: readonly ListedPort[];
  readonly removed: readonly ListedPort[];
}

const INTERVAL_MS = 500;
/** Listing can fail once while a device is just leaving; when it goes on failing, somebody has to know. */
const PATIENCE = 3;

/**
 * Yields what is there, at once, and then each change until the signal ends it. An adapter that took another's path is a
 * removal and an addition.
 * @throws FlasherError `port-list-unavailable`: at the first look, or several times in a row
 */
export async function* watchPorts(options: WatchPortsOptions): AsyncGenerator<PortsChange, void, void> {
  const { signal, clock = systemClock, intervalMs = INTERVAL_MS, list = listPorts } = options;
  let ports = await list();
  yield { ports, added: ports, removed: [] };
  for (let failures = 0; await pause(clock, intervalMs, signal); ) {
    let now: readonly ListedPort[];
    try {
      now = await list();
      failures = 0;
    } catch (error) {
      failures++;
      if (failures >= PATIENCE) throw error;
      continue;
    }
    const added = without(now, ports);
    const removed = without(ports, now);
    ports = now;
    if (!signal.aborted && added.length + removed.length > 0) yield { ports, added, removed };
  }
}

/** Whether two descriptions are of the same adapter at the same place. */
export function isSamePort(one: ListedPort, other: ListedPort): boolean {
  return (
    one.path === other.path &&
    one.vendorId === other.vendorId &&
    one.productId === other.productId &&
    one.serialNumber === other.serialNumber
  );
}

function without(all: readonly ListedPort[], others: readonly ListedPort[]): ListedPort[] {
  return all.filter((port) => !others.some((other) => isSamePort(port, other)));
}

/** Waits; `false` as soon as the signal ends it, which is an orderly end here. */
function pause(clock: Clock, ms: number, signal: AbortSignalLike): Promise<boolean> {
  return sleep(clock, ms, signal).then(
    () => true,
    () => false,
  );
}
