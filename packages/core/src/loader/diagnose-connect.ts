/**
 * Why a chip did not answer: the most telling thing that was seen in all attempts.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Connection } from "../protocol/connection.js";
import { sleep } from "../protocol/deadline.js";
import { StrayText } from "../protocol/stray-text.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";

/** Long enough for the ROM's first line at its own rate, on a board with a slow reset. */
const LISTEN_MS = 700;
/** The first line of the mask ROM, for the strap that it latched. */
const BOOT_MODE = /boot mode:\((\d),(\d)\)/;
const MODE_LOADER = 1;
const MODE_FLASH = 3;

/**
 * Resets the chip once more and listens at the rate of its boot messages, which say what the straps were.
 * @param heard bytes that arrived during the attempts, at another rate
 */
export async function diagnoseNoAnswer(
  connection: Connection,
  target: Target,
  attempts: number,
  heard: Uint8Array,
  signal?: AbortSignalLike,
): Promise<FlasherError> {
  const { label, capabilities } = connection.transport;
  const log = new StrayText();
  if (capabilities.lines !== "none" && connection.ended === undefined) {
    await listen(connection, target, log, signal);
  }
  const mode = BOOT_MODE.exec(log.text);
  if (mode !== null) return byBootMode(Number(mode[1]), `${mode[1]},${mode[2]}`);
  const anything = heard.length + log.bytes.length > 0;
  return new FlasherError(anything ? "connect-noise" : "connect-silent", { label, attempts });
}

async function listen(
  connection: Connection,
  target: Target,
  log: StrayText,
  signal: AbortSignalLike | undefined,
): Promise<void> {
  const { transport, clock } = connection;
  await transport.setBaudRate(target.uart.bootLogRate);
  await connection.discard();
  const stop = connection.tap((chunk) => log.add(chunk));
  try {
    await transport.signal(target.resets.loader[0].steps);
    await sleep(clock, LISTEN_MS, signal);
  } finally {
    stop();
  }
}

function byBootMode(mode: number, bootMode: string): FlasherError {
  if (mode === MODE_LOADER) return new FlasherError("connect-no-sync", { bootMode });
  if (mode === MODE_FLASH) return new FlasherError("connect-application", { bootMode });
  return new FlasherError("connect-strapping", { bootMode });
}
