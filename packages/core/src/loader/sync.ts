/**
 * SYNC: making a loader answer, at whatever rate it measures.
 *
 * @module
 */
import { concat } from "../bytes.js";
import { isFlasherError } from "../errors.js";
import { Op, sync } from "../protocol/command.js";
import type { Connection } from "../protocol/connection.js";
import { parseResponse, type Response } from "../protocol/packet.js";
import { FRAME_END } from "../protocol/slip.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/** Who answered. */
export interface SyncAnswer {
  readonly loader: "rom" | "stub";
  /** Status bytes of the replies: 2 on the ESP8266, 4 on the ROMs of later chips. */
  readonly statusBytes: number;
}

/** How long the first reply may take, and each of those that follow it. */
const REPLY_MS = 120;

/**
 * Sends SYNC and collects its replies.
 * @param tries how many SYNCs before giving up
 * @returns `undefined` where nothing answered
 * @throws FlasherError `port-lost`; the signal's reason
 */
export async function synchronise(
  connection: Connection,
  target: Target,
  baudRate: number,
  tries: number,
  signal?: AbortSignalLike,
): Promise<SyncAnswer | undefined> {
  for (let attempt = 0; attempt < tries; attempt++) {
    // Boot messages at another rate may look like an open frame, which would swallow the first reply.
    await connection.discard();
    await connection.write(syncBytes(connection, target, baudRate, attempt), signal);
    const first = await nextSyncReply(connection, signal);
    if (first === undefined) continue;
    for (let more = 1; more < target.sync.replies; more++) {
      if ((await nextSyncReply(connection, signal)) === undefined) break;
    }
    connection.inStep = true;
    return {
      loader: first.value === target.sync.romEcho ? "rom" : "stub",
      statusBytes: first.announced,
    };
  }
  return undefined;
}

/**
 * What each try sends, chosen for the states in which a loader may be found:
 * - 1st: a preamble that the ROM measures the rate by, then SYNC, in one write. Without the preamble a fresh ROM spends the
 *   first SYNC on the measurement. Right for a fresh ROM, and for any loader between two frames.
 * - 2nd and 4th: SYNC alone, for a loader in whose open frame the preamble would be taken for content.
 * - 3rd: one more delimiter, then SYNC, for a stub that has lost count of them and takes each frame for the gap between two;
 *   the ROM forgets empty frames, so that it does no harm there.
 */
function syncBytes(connection: Connection, target: Target, baudRate: number, attempt: number): Uint8Array {
  const { preamble, body } = target.sync;
  const request = connection.encode(sync(body));
  if (attempt === 0) {
    const size = Math.ceil((preamble.ms * baudRate) / 10_000);
    return concat([new Uint8Array(size).fill(preamble.byte), request]);
  }
  return attempt % 4 === 2 ? concat([new Uint8Array([FRAME_END]), request]) : request;
}

async function nextSyncReply(
  connection: Connection,
  signal: AbortSignalLike | undefined,
): Promise<Response | undefined> {
  const deadline = connection.clock.now() + REPLY_MS;
  try {
    for (;;) {
      const packet = await connection.packet(deadline - connection.clock.now(), signal, () => SILENCE);
      const response = parseResponse(packet);
      if (response?.op === Op.Sync && response.body[response.body.length - response.announced] === 0)
        return response;
    }
  } catch (error) {
    if (error === SILENCE) return undefined;
    throw error;
  }
}

const SILENCE = Symbol("no reply in time");

/**
 * Finds out whether the loader still understands, after a byte may have been lost on the way to it; where it has lost
 * count of the delimiters, one more helps.
 * @throws FlasherError `command-timeout` where it does not come back
 */
export async function resynchronise(
  connection: Connection,
  probe: () => Promise<unknown>,
  signal?: AbortSignalLike,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt % 2 === 1) await connection.write(new Uint8Array([FRAME_END]), signal);
      await probe();
      return;
    } catch (error) {
      if (!isFlasherError(error, "command-timeout") || attempt === 3) throw error;
    }
  }
}
