/** Asks whether an agent is there. @module */
import { agentPaths, hello, readMessage } from "@flashwright/web-transport/agent-protocol";
import type { RunningAt } from "./runtime-file.js";

const PATIENCE_MS = 1000;

/** Whether the agent at that port answers and takes its token. */
export async function saysHello({ port, token }: Pick<RunningAt, "port" | "token">): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}${agentPaths.hello}`, {
      headers: { Authorization: `Bearer ${token}` },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok && readMessage(hello, await answer.text()) !== undefined;
  } catch {
    return false;
  }
}
