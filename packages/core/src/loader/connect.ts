/**
 * From a port to a loader that answers: reset, strap, SYNC, identity, stub, baud rate.
 *
 * @module
 */
import { isFlasherError } from "../errors.js";
import type { MessageCode } from "../messages/catalogue.js";
import { Connection, LoaderRefusal } from "../protocol/connection.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { Transport } from "../transport.js";
import { usualRate } from "./adapter.js";
import type { ConnectOptions } from "./connect-options.js";
import { Establishing } from "./establish.js";
import { Reaching } from "./reach.js";
import { parseReset } from "./reset/parse-reset.js";
import type { Session } from "./session.js";

/** Another reset may help against a damaged upload or an answer that broke off; not against another chip or a lost port. */
const RETRYABLE: ReadonlySet<MessageCode> = new Set<MessageCode>([
  "command-timeout",
  "bad-reply",
  "stub-silent",
  "baud-change-failed",
  "flash-not-answering",
  "chip-crashed",
]);

/**
 * Connects to the chip and identifies it.
 *
 * With reset lines every attempt resets the chip; what the boot ROM says of its straps decides which strategy is next.
 * Without them several rates are tried in turn, for a stub that an earlier session may have left there.
 * @throws FlasherError `connect-silent`, `connect-noise`, `connect-running`, `connect-application`, `connect-strapping`,
 * `connect-no-sync`: the most telling of all attempts; `reset-invalid`, `wrong-chip`, `unknown-chip`,
 * `flash-not-answering`, `chip-size-unknown`, `stub-silent`, `port-lost`; the signal's reason
 */
export async function connect(transport: Transport, options: ConnectOptions): Promise<Session> {
  const { target, clock, signal } = options;
  const only = typeof options.reset === "string" ? parseReset(options.reset, target) : options.reset;
  const connection = new Connection(transport, clock, { statusBytes: target.statusBytes });
  const workRate = workRateOf(transport, options);
  const reaching = new Reaching(connection, options, workRate, only);
  const establishing = new Establishing(connection, options, workRate);
  let telling: unknown;
  while (reaching.goesOn) {
    throwIfAborted(signal);
    try {
      const reached = await reaching.attempt();
      if (reached !== undefined) return await establishing.session(reached);
    } catch (error) {
      if (!mayRetry(error)) throw error;
      telling = error;
      if (!establishing.keepsRate) reaching.failedBehindSync();
    }
  }
  throw telling ?? (await reaching.failure());
}

function workRateOf(transport: Transport, { target, baudRate, adapter, hint }: ConnectOptions): number {
  if (baudRate !== undefined && baudRate !== "auto") return baudRate;
  if (transport.capabilities.baudRate === "fixed") return target.uart.referenceBaudRate;
  const usual = usualRate(adapter, target);
  return hint?.baudRate === undefined ? usual : Math.min(usual, hint.baudRate);
}

function mayRetry(error: unknown): boolean {
  return error instanceof LoaderRefusal || (isFlasherError(error) && RETRYABLE.has(error.code));
}
