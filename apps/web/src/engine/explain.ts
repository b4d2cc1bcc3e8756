/** What is really behind a connection that broke. @module */
import { type FlasherError, isConnectionLost, isFlasherError } from "@flashwright/core";
import { browserClock } from "@flashwright/web-transport";
import type { AgentWay } from "./engine.js";

/** Why the agent cannot be reached or does not know this page any more; `undefined` where it is well. */
export async function agentTrouble({ url, token }: AgentWay): Promise<FlasherError | undefined> {
  const { connectAgent } = await import("@flashwright/web-transport/agent");
  try {
    (await connectAgent({ url, token, clock: browserClock })).close();
    return undefined;
  } catch (error) {
    return isFlasherError(error) ? error : undefined;
  }
}

/**
 * The same failure, or the agent's trouble where that is why the port went.
 * @param trouble asks the agent, where the way leads through one
 */
export async function explained(
  error: unknown,
  trouble: (() => Promise<FlasherError | undefined>) | undefined,
): Promise<unknown> {
  if (trouble === undefined || !isConnectionLost(error)) return error;
  return (await trouble()) ?? error;
}
