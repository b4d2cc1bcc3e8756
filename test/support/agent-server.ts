/** An agent without its security: a desk of ports behind a bare WebSocket server, for tests of what is on the wire. @module */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PortDesk, type PortDeskParts, wsSocket } from "@flashwright/agent";
import { systemClock } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { agentLimits, agentPaths, SUBPROTOCOL } from "@flashwright/web-transport/agent-protocol";
import { WebSocket, WebSocketServer } from "ws";

/** A running server. */
export interface AgentServer {
  readonly url: string;
  readonly desk: PortDesk;
  /** What a client needs; the token is any. */
  readonly access: Parameters<typeof openAgentPort>[0];
  close(): Promise<void>;
}

/** Serves a desk with the given ports on a free loopback port. */
export async function startAgentServer(parts: Partial<PortDeskParts> = {}): Promise<AgentServer> {
  const desk = new PortDesk({
    listPorts: async () => [],
    openPort: async (path) => Promise.reject(new Error(`nobody expected ${path} to be opened`)),
    virtualBoards: [],
    namedPorts: [],
    allPorts: false,
    clock: systemClock,
    ...parts,
  });
  const http = createServer((_, response) => response.writeHead(404).end());
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: agentLimits.frameBytes,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  http.on("upgrade", (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const { pathname, searchParams } = new URL(request.url!, "http://localhost");
      const id = decodeURIComponent(pathname.slice(agentPaths.ports.length + 1));
      if (pathname === agentPaths.control) desk.serveControl(wsSocket(ws));
      else desk.servePort(wsSocket(ws), id, Number(searchParams.get("baud")));
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url,
    desk,
    access: { url, token: "any", clock: systemClock, WebSocket },
    async close() {
      await desk.close();
      for (const ws of sockets.clients) ws.terminate();
      http.close();
      http.closeAllConnections();
      await once(http, "close");
    },
  };
}

/** Opens a port of the server at 115200 baud. */
export function openThrough(server: AgentServer, id: string, onOverrun?: (droppedBytes: number) => void) {
  return openAgentPort(server.access, id, {
    baudRate: 115200,
    ...(onOverrun === undefined ? {} : { onOverrun }),
  });
}
