/**
 * How a board is left when the work on it is done.
 *
 * @module
 */
import type { EventListener } from "../flash/event.js";
import { isConnectionLost } from "../loader/lost-connection.js";
import type { After, Session } from "../loader/session.js";
import type { AbortSignalLike } from "../transport.js";

/**
 * Leaves a board on which everything is done. That its port goes away just then takes nothing away from that, and is said.
 * @throws FlasherError `no-reset-line`; the signal's reason
 */
export async function leaveBoard(
  session: Session,
  after: After,
  { onEvent, signal }: { readonly onEvent: EventListener; readonly signal: AbortSignalLike },
): Promise<void> {
  try {
    await session.leave(after, signal);
  } catch (error) {
    if (!isConnectionLost(error) || signal.aborted) throw error;
    const { label } = session.connection.transport;
    onEvent({ type: "warning", code: "board-not-started", params: { label } });
  }
}
