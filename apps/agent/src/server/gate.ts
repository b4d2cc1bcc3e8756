/** What is checked of every request before anything else looks at it. @module */
import type { IncomingMessage } from "node:http";
import { isOwnHost } from "../security/host.js";

/** An answer of a server that does not read on. */
export interface GateRefusal {
  readonly status: 400 | 421;
  readonly reason: string;
}

/**
 * Turns away requests that are for another name than this agent's, in `Host` or in the request line itself. A second `Host`
 * is refused: two readers could each believe another one.
 */
export function checkTarget(
  { url = "", rawHeaders, headers }: IncomingMessage,
  port: number,
): GateRefusal | undefined {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host");
  if (hosts.length !== 1 || !url.startsWith("/")) return { status: 400, reason: "bad request" };
  if (!isOwnHost(headers.host, port)) return { status: 421, reason: "this host is not served here" };
  return undefined;
}
