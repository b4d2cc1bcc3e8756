/** `flashwright agent pair`. @module */
import { FlasherError, type OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";
import { whenInterrupted } from "./agent.js";

/** Why a pairing came to nothing. */
const WHY = {
  expired: "nobody typed the code within two minutes",
  tries: "the code was wrong five times",
  cancelled: "it was cancelled",
} as const;

/**
 * Opens a pairing in the agent that runs and follows it to its end.
 * @throws FlasherError `agent-not-running`, `agent-pairing-open`, `agent-pairing-failed`
 */
export async function agentPair(context: Context): Promise<OperationResult> {
  const { connectToRunning } = await import("@flashwright/agent");
  const running = await connectToRunning(context.world.dataFolder);
  try {
    const paired = running.pair((state) => context.emit({ type: "pairing", ...state }));
    const end = await Promise.race([paired, whenInterrupted(context)]);
    if (end.state === "closed") throw new FlasherError("agent-pairing-failed", { why: WHY[end.reason] });
    return { code: "agent-paired", params: { origin: end.pairing.origin } };
  } finally {
    running.close();
  }
}
