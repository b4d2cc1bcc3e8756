/** `flashwright info`. @module */
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { withSession } from "../session/with-session.js";

/** Says which chip and which flash are there. @throws FlasherError those of connecting */
export async function info(context: Context, options: ConnectionOptions): Promise<OperationResult> {
  return withSession(context, options, async (session) => {
    await leaveAfterReading(context, session, options.after);
    const { name, mac } = session.chip;
    return { code: "chip-identified", params: { name, mac, flashSize: session.flashSize } };
  });
}
