/** An app and its WebSockets on servers that listen. @module */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { checkTarget, type GateRefusal } from "./gate.js";
import type { Listening } from "./listen.js";
import type { Upgrades } from "./upgrades.js";

/** Lets the servers answer. @returns ends them: sockets in order, then every connection */
export function serveApp({ servers, port }: Listening, app: Hono, upgrades: Upgrades): () => Promise<void> {
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const astray = checkTarget(request, port);
    if (astray === undefined) void answer(request, response);
    else refuse(response, astray);
  };
  for (const server of servers) {
    server.removeAllListeners("request").on("request", onRequest);
    server.on("upgrade", (request, socket, head) => upgrades.take(request, socket, head));
  }
  return async () => {
    const ended = servers.map(end);
    await upgrades.close();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(ended);
  };
}

/** Without reading on: who is wrong here has nothing to say. */
function refuse(response: ServerResponse, { status, reason }: GateRefusal): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=UTF-8", Connection: "close" });
  response.end(`${reason}\n`);
}

function end(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
