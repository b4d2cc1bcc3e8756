/**
 * Bringing bytes of an earlier session up to date.
 *
 * @module
 */
import type { Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";
import type { EventListener } from "./event.js";
import { differingSectors } from "./missing-sectors.js";
import { timed } from "./timed.js";

/**
 * Compares bytes that were read before with flash by MD5 and reads again what differs: it arrived in part, or the board has
 * started in between and changed it. Sends the events of one `check`.
 * @param bytes of flash from `offset` on; changed in place
 * @returns how many bytes were read again
 * @throws FlasherError `needs-stub`, `read-mismatch`, `read-stalled`, `command-timeout`, `port-lost`; the signal's reason
 */
export async function readAgain(
  session: Session,
  offset: number,
  bytes: Uint8Array,
  options: { readonly onEvent?: EventListener; readonly signal?: AbortSignalLike } = {},
): Promise<number> {
  const loader = session.requireStub("reading flash");
  const { onEvent = () => {}, signal } = options;
  const region = { offset, size: bytes.length };
  return timed(session.connection.clock, onEvent, "check", region, async (progress) => {
    let count = 0;
    for (const stale of await differingSectors(loader, offset, bytes, progress, signal)) {
      bytes.set(await loader.read(stale, undefined, signal), stale.offset - offset);
      count += stale.size;
    }
    return count;
  });
}
