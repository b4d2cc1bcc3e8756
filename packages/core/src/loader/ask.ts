/**
 * Questions that may be asked again: a byte that was lost on the way costs time, not the operation.
 *
 * @module
 */
import { isFlasherError } from "../errors.js";
import { type Command, readReg } from "../protocol/command.js";
import { type Connection, LoaderRefusal } from "../protocol/connection.js";
import { sleep } from "../protocol/deadline.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { resynchronise } from "./sync.js";

const ATTEMPTS = 3;
/** Silence after which a late reply to an abandoned request is no longer expected. */
const QUIET_MS = 100;
/** A loader that is not busy answers within a few milliseconds; the rest is the way there and back. */
const PROBE_TIMEOUT_MS = 1000;

/**
 * Sends a command that changes nothing when it is carried out twice, again if its reply does not come.
 * @throws FlasherError `command-timeout` after three attempts, `port-lost`; LoaderRefusal
 */
export async function ask<T>(
  connection: Connection,
  target: Target,
  command: Command<T>,
  signal?: AbortSignalLike,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connection.send(command, signal);
    } catch (error) {
      if (attempt === ATTEMPTS || !isFlasherError(error, "command-timeout")) throw error;
      await regain(connection, target, signal);
    }
  }
}

/**
 * Brings host and loader back into step after a reply that did not come: what is still on its way is let pass, and a stub
 * that has lost count of the delimiters gets one more.
 * @throws FlasherError `command-timeout` where the loader does not come back
 */
export async function regain(
  connection: Connection,
  target: Target,
  signal?: AbortSignalLike,
): Promise<void> {
  await sleep(connection.clock, QUIET_MS, signal);
  await connection.discard();
  const probe = { ...readReg(target.detection.register), timeoutMs: PROBE_TIMEOUT_MS };
  try {
    await resynchronise(connection, () => connection.send(probe, signal), signal);
  } catch (error) {
    // The stub reports what went wrong before in place of the answer: in step again.
    if (!(error instanceof LoaderRefusal)) throw error;
  }
}
