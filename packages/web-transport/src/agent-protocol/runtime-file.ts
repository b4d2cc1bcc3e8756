/** What a running agent leaves in the data folder of its user, for programs of the same user. @module */
import * as v from "valibot";
import { readMessage } from "./read-message.js";

/** The file's name there; only its owner can read it. */
export const RUNTIME_FILE = "agent.json";

const agentRuntime = v.object({
  format: v.literal("flashwright/agent"),
  version: v.literal(1),
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Its TCP port on this computer. */
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** The terminal's token. */
  token: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,100}$/)),
});
/** That an agent runs, where, and what opens it. */
export type AgentRuntime = v.InferOutput<typeof agentRuntime>;

/** The file's content; `undefined` for anything else. */
export function parseRuntimeFile(text: string): AgentRuntime | undefined {
  return readMessage(agentRuntime, text);
}
