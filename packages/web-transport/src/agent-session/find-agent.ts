/** Which agents let this page ask. @module */
import { agentPaths, agentTcpPorts, hello } from "../agent-protocol/index.js";
import { askAgent, type FetchLike } from "./ask.js";

/**
 * The address of an agent on this computer which knows this page or waits for one to be paired; `undefined` where there is
 * none, where the browser does not let the page reach its own computer, and where the page is a stranger: nobody tells a
 * stranger that an agent is there.
 */
export async function findAgent(fetch?: FetchLike): Promise<string | undefined> {
  for (const port of agentTcpPorts) {
    const url = `http://127.0.0.1:${port}`;
    const place = fetch === undefined ? { url } : { url, fetch };
    const answer = await askAgent(place, agentPaths.hello, hello).catch(() => undefined);
    if (answer !== undefined) return url;
  }
  return undefined;
}
