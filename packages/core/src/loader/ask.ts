/**
 * Questions that may be asked again: a byte that was lost on the way costs time, not the operation.
 *
 * @module
 */
import { isFlasherError } from "../errors.js";
import { type Command, readReg } from "../protocol/command.js";
import { type Connection, LoaderRefusal } from "../protocol/connection.js";
import { sleep } from "../protocol/deadline.js";
import { type StatusName, statusName } from "../protocol/status.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { resynchronise } from "./sync.js";

const ATTEMPTS = 3;
/** Silence after which a late reply to an abandoned request is no longer expected. */
const QUIET_MS = 100;
/** A loader that is not busy answers within a few milliseconds; the rest is the way there and back. */
const PROBE_TIMEOUT_MS = 1000;
/** How a loader refuses what it would have taken, had it arrived as it was sent. */
const DAMAGED_REQUEST: ReadonlySet<StatusName> = new Set([
  "bad-request",
  "bad-checksum",
  "bad-length",
  "invalid-command",
  "not-implemented",
]);

/** Whether the loader did not take a request because it was damaged on the way; it is in step, and takes it again. */
export function isDamagedRequest(error: unknown): boolean {
  return error instanceof LoaderRefusal && DAMAGED_REQUEST.has(statusName(error.status));
}

/** Whether request or reply was damaged or lost on the way, so that asking again may help. */
export function isDamage(error: unknown): boolean {
  return (
    isDamagedRequest(error) || isFlasherError(error, "command-timeout") || isFlasherError(error, "bad-reply")
  );
}

/** What may be done about a damaged request or reply; tells whether it was, so that it is worth trying anew. */
export type Cure = (signal?: AbortSignalLike) => Promise<boolean>;

/**
 * Sends a command that changes nothing when it is carried out twice, again if it or its reply is lost or damaged.
 * @throws FlasherError `command-timeout`, `bad-reply` after three attempts, `port-lost`; LoaderRefusal
 */
export async function ask<T>(
  connection: Connection,
  target: Target,
  command: Command<T>,
  signal?: AbortSignalLike,
  cure: Cure = async () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await getInStep(connection, target, signal);
      return await connection.send(command, signal);
    } catch (error) {
      if (!isDamage(error)) throw error;
      if (await cure(signal)) attempt = 0;
      else if (attempt === ATTEMPTS) throw error;
    }
  }
}

/**
 * Brings host and loader back into step, where an abort or a deadline left a request unanswered: what is still on its way
 * is let pass, a stub that has lost count of the delimiters gets one more, and an error that the stub has kept from before
 * is taken off it, so that no later command is blamed for it. Costs nothing where they are in step.
 * @throws FlasherError `command-timeout` where the loader does not come back
 */
export async function getInStep(
  connection: Connection,
  target: Target,
  signal?: AbortSignalLike,
): Promise<void> {
  if (connection.inStep) return;
  await letPass(connection, signal);
  const probe = { ...readReg(target.detection.register), timeoutMs: PROBE_TIMEOUT_MS };
  let probes = 0;
  try {
    const ask = () => {
      probes++;
      return connection.send(probe, signal);
    };
    await resynchronise(connection, ask, signal);
  } catch (error) {
    // The loader reports what went wrong before in place of the answer: in step again.
    if (!(error instanceof LoaderRefusal)) throw error;
  }
  // The reply to an earlier probe may only be late; it must not pass for that of the next register.
  if (probes > 1) await letPass(connection, signal);
  connection.inStep = true;
}

async function letPass(connection: Connection, signal: AbortSignalLike | undefined): Promise<void> {
  await sleep(connection.clock, QUIET_MS, signal);
  await connection.discard();
}
