/** A board on the bench, connected to anew for every check. @module */
import {
  type AbortSignalLike,
  type Clock,
  connect,
  esp8266,
  type FlashEvent,
  type Session,
  type Transport,
} from "@flashwright/core";
import type { LastingPort } from "@flashwright/core/board";
import { NotApplicable } from "./check.js";

/** How to connect for a check. */
export interface BenchConnection {
  readonly baudRate?: number | "auto";
  readonly reset?: string;
  readonly stub?: boolean;
  /** The only rate at which the chip is to be synchronised; without it the usual ones. */
  readonly syncRate?: number;
  readonly attempts?: number;
  readonly onEvent?: (event: FlashEvent) => void;
}

/** The board of the checks. */
export interface Bench {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly signal: AbortSignalLike;
  /** Resets the board into its loader. Ends the session before. */
  connect(connection?: BenchConnection): Promise<Session>;
  /** The same board, for work that has to be done also after Ctrl-C. */
  uninterrupted(): Bench;
  /** Milliseconds that `work` takes. */
  time(work: () => Promise<unknown>): Promise<number>;
}

/**
 * A bench with the board behind `port`.
 * @param usual how to connect where a check says nothing else
 */
export function createBench(
  port: Pick<LastingPort, "transport" | "next">,
  clock: Clock,
  signal: AbortSignalLike,
  usual: Pick<BenchConnection, "baudRate" | "reset"> = {},
): Bench {
  const { transport } = port;
  const benchFor = (signal: AbortSignalLike): Bench => ({
    transport,
    clock,
    signal,
    connect({ syncRate, ...options } = {}) {
      const uart = syncRate === undefined ? esp8266.uart : { ...esp8266.uart, syncRates: [syncRate] };
      return connect(port.next(), { target: { ...esp8266, uart }, clock, signal, ...usual, ...options });
    },
    uninterrupted: () => benchFor(new AbortController().signal),
    async time(work) {
      const start = clock.now();
      await work();
      return clock.now() - start;
    },
  });
  return benchFor(signal);
}

/** @throws NotApplicable where the board cannot be reset */
export function requireReset({ transport }: Bench): void {
  if (transport.capabilities.lines === "none") throw new NotApplicable("the port has no reset line");
}
