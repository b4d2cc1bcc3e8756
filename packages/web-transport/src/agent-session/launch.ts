/** The agent's own page, opened with a link. @module */
import { agentPaths, sessionToken } from "../agent-protocol/index.js";
import { type AgentPlace, askAgent } from "./ask.js";

/**
 * Exchanges the code of the link for a token. The code is good once, for a minute.
 * @throws FlasherError `agent-unauthorised` when it is not, and as `pairPage` does
 */
export async function launchPage(place: AgentPlace, launchCode: string): Promise<string> {
  return (await askAgent(place, agentPaths.session, sessionToken, { launchCode })).token;
}
