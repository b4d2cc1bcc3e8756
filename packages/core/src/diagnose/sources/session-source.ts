/**
 * Flash content from a connected chip.
 *
 * @module
 */
import type { EventListener } from "../../flash/event.js";
import { readRegion } from "../../flash/read.js";
import { timed } from "../../flash/timed.js";
import type { Session } from "../../loader/session.js";
import type { AbortSignalLike } from "../../transport.js";
import type { FlashSource } from "../flash-source.js";

/**
 * A session's flash. Reading and hashing send `started`, `progress` and `finished`, with operations `read` and `check`.
 * @throws FlasherError `needs-stub`; its questions throw `region-outside-flash`, `read-mismatch`, `read-stalled`
 */
export function sessionSource(
  session: Session,
  options: { readonly signal?: AbortSignalLike; readonly onEvent?: EventListener } = {},
): FlashSource {
  const { signal, onEvent = () => {} } = options;
  const loader = session.requireStub("looking at flash");
  return {
    size: session.flashSize,
    read: (region) => readRegion(session, region, options),
    md5: (region) =>
      timed(session.connection.clock, onEvent, "check", region, () => loader.md5(region, signal)),
  };
}
