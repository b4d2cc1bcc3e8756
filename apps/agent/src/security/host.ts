/**
 * The names under which this agent may be addressed. A page elsewhere whose name is made to point to this computer (DNS
 * rebinding) still sends its own name as `Host`, and is turned away by it.
 *
 * @module
 */

const LOOPBACK_NAMES = ["127.0.0.1", "[::1]", "localhost"];

/** Whether a `Host` names this agent: a loopback address or `localhost`, with its port. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return LOOPBACK_NAMES.some((name) => host?.toLowerCase() === `${name}:${port}`);
}

/** The origins of the agent's own page. */
export function ownOrigins(port: number): readonly string[] {
  return LOOPBACK_NAMES.map((name) => `http://${name}:${port}`);
}
