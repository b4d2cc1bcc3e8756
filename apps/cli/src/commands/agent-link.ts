/** `flashwright agent link`. @module */
import type { OperationResult } from "@flashwright/core";
import type { Context } from "../context.js";

/** Prints a new link to the agent that runs. @throws FlasherError `agent-not-running`, `agent-unreachable` */
export async function agentLink({ world, emit }: Context): Promise<OperationResult> {
  const { connectToRunning } = await import("@flashwright/agent");
  const running = await connectToRunning(world.dataFolder);
  try {
    const link = await running.newLink();
    emit({ type: "agent", url: new URL("/", link).href, link });
    return { code: "agent-link-made", params: {} };
  } finally {
    running.close();
  }
}
