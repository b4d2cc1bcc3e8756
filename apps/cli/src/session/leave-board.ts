/** How a board is left when the work on it is done. @module */
import { type After, isConnectionLost, type Session } from "@flashwright/core";
import type { Context } from "../context.js";

/** How to leave after work that has changed nothing: as found, which without a reset line is in the loader. */
export function afterReading(session: Session, wish: After | undefined): After {
  return wish ?? (session.canReset ? "hard-reset" : "no-reset");
}

/** How to leave after a write: the new firmware starts. */
export function afterWriting(session: Session, wish: After | undefined): After {
  return wish ?? (session.canReset ? "hard-reset" : "soft-reset");
}

/** `leaveBoard` after work that has changed nothing, or whose result the board need not start with. */
export function leaveAfterReading(
  context: Context,
  session: Session,
  wish: After | undefined,
): Promise<void> {
  return leaveBoard(context, session, afterReading(session, wish));
}

/**
 * Leaves a board on which everything is done. That its port goes away just then takes nothing away from that, and is said.
 * @throws FlasherError `no-reset-line`; the signal's reason
 */
export async function leaveBoard({ emit, signal }: Context, session: Session, after: After): Promise<void> {
  try {
    await session.leave(after, signal);
  } catch (error) {
    if (!isConnectionLost(error) || signal.aborted) throw error;
    const { label } = session.connection.transport;
    emit({ type: "warning", code: "board-not-started", params: { label } });
  }
}
