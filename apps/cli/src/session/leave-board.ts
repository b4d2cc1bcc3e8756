/** How a board is left when the work on it is done. @module */
import type { After, Session } from "@flashwright/core";
import { leaveBoard } from "@flashwright/core/board";
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
  return leaveBoard(session, afterReading(session, wish), { onEvent: context.emit, signal: context.signal });
}
