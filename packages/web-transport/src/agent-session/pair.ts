/** Another page is let in for the first time. @module */
import { agentPaths, type NewPairing, newPairing } from "../agent-protocol/index.js";
import { type AgentPlace, askAgent } from "./ask.js";

/**
 * Shows the code that the user read off the terminal. What comes back is to be kept, its secret where no other page gets
 * at it; its token is for now.
 * @param code six digits
 * @throws FlasherError `agent-code-wrong`, `agent-pairing-closed`, `agent-unreachable` also where no pairing is open,
 *   `agent-origin-refused`, `agent-busy`, `agent-failed`
 */
export function pairPage(place: AgentPlace, code: string): Promise<NewPairing> {
  return askAgent(place, agentPaths.pairing, newPairing, { code });
}
