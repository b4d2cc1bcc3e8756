/**
 * Waiting for a port that has gone.
 *
 * @module
 */
import { type FlasherError, isFlasherError } from "../errors.js";
import { sleep } from "../protocol/deadline.js";
import type { AbortSignalLike, Clock, Transport } from "../transport.js";

/** Between two looks. */
const LOOK_MS = 500;

/** Where a port may be found again. */
export interface PortPlaces<Place> {
  readonly clock: Clock;
  /** Where it may be now, the likeliest first; none where it is nowhere. @throws FlasherError where that cannot be told */
  places(): Promise<readonly Place[]>;
  /** Opens the port at a place. @throws FlasherError where it is not there, or not ready yet */
  open(place: Place): Promise<Transport>;
  /**
   * Whether no patience helps against what an opening failed with; after so many milliseconds of waiting. Never by default:
   * while a system sets a port up again it gives all kinds of reasons why not.
   */
  isHopeless?(error: FlasherError, waitedMs: number): boolean;
  /** Called when nobody waits any more. */
  done?(): void;
}

/** How it is waited for. */
export interface PortWait {
  /** How long. */
  readonly seconds: number;
  readonly signal: AbortSignalLike;
  /** Called once, when the port was not there at the first look. */
  readonly onAway?: (() => void) | undefined;
  /** What is thrown in the end. @param cause why the port could not be opened at the last look */
  readonly tooLate: (cause: unknown) => FlasherError;
}

/**
 * Opens a port as soon as it is there.
 * @throws what `tooLate` makes, or what is hopeless; the signal's reason; what is no `FlasherError` is a bug
 */
export async function awaitPort<Place>(ports: PortPlaces<Place>, wait: PortWait): Promise<Transport> {
  try {
    return await lookUntilThere(ports, wait);
  } finally {
    ports.done?.();
  }
}

async function lookUntilThere<Place>(ports: PortPlaces<Place>, wait: PortWait): Promise<Transport> {
  const { clock } = ports;
  const start = clock.now();
  for (let look = 1; ; look++) {
    await sleep(clock, LOOK_MS, wait.signal);
    const found = await openFirst(ports);
    if ("transport" in found) return found.transport;
    const waitedMs = clock.now() - start;
    if (found.cause !== undefined && ports.isHopeless?.(found.cause, waitedMs)) throw found.cause;
    if (look === 1) wait.onAway?.();
    if (waitedMs >= wait.seconds * 1000) throw wait.tooLate(found.cause);
  }
}

async function openFirst<Place>(
  ports: PortPlaces<Place>,
): Promise<{ readonly transport: Transport } | { readonly cause: FlasherError | undefined }> {
  let cause: FlasherError | undefined;
  const note = (error: unknown) => {
    if (!isFlasherError(error)) throw error;
    cause ??= error;
  };
  for (const place of (await ports.places().catch(note)) ?? []) {
    try {
      return { transport: await ports.open(place) };
    } catch (error) {
      note(error);
    }
  }
  return { cause };
}
