/** Where things are on an agent, and how a token travels to a WebSocket. @module */

/** Paths of everything but the static files. */
export const agentPaths = {
  hello: "/api/hello",
  session: "/api/session",
  pairing: "/api/pairing",
  challenge: "/api/reconnect/challenge",
  reconnect: "/api/reconnect",
  control: "/api/control",
  ports: "/api/ports",
} as const;

/** TCP ports on which agents listen, the first that is free. */
export const agentTcpPorts: readonly number[] = [8266, 8267, 8268];

const LAUNCH = /^#code=([A-Za-z0-9_-]{22,100})$/;

/** The end of a link that opens the agent's page: in the fragment, which browsers send to nobody. */
export function launchFragment(code: string): string {
  return `#code=${code}`;
}

/** The code in a fragment; `undefined` where there is none. */
export function launchCodeFrom(fragment: string): string | undefined {
  return LAUNCH.exec(fragment)?.[1];
}

/** The WebSocket of one port, to be opened at `baudRate` bit/s. */
export function portPath(id: string, baudRate: number): string {
  return `${agentPaths.ports}/${encodeURIComponent(id)}?baud=${baudRate}`;
}

/** The subprotocol that agent and client agree on; its number changes when old clients no longer understand. */
export const SUBPROTOCOL = "flashwright.agent.1";

const TOKEN_PREFIX = "flashwright.token.";

/** What a client offers as subprotocols: a browser can send a WebSocket no header of its own, and an address is logged. */
export function withToken(token: string): string[] {
  return [SUBPROTOCOL, `${TOKEN_PREFIX}${token}`];
}

/** The token among offered subprotocols, the value of `Sec-WebSocket-Protocol`; `undefined` when it is not there once. */
export function tokenFromSubprotocols(header: string | undefined): string | undefined {
  const offered = (header ?? "").split(",").map((name) => name.trim());
  const tokens = offered.filter((name) => name.startsWith(TOKEN_PREFIX));
  if (!offered.includes(SUBPROTOCOL) || tokens.length !== 1) return undefined;
  return tokens[0]!.slice(TOKEN_PREFIX.length);
}
