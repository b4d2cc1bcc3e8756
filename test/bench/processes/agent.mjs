/**
 * The agent's desk of ports behind a bare WebSocket server, in a process of its own: what a byte passes, without what
 * decides who may come in. Prints its URL, and its memory in bytes at each line that comes in.
 *
 *   node agent.mjs <address of a port>
 *
 * @module
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { PortDesk, wsSocket } from "@flashwright/agent";
import { openTransport, systemClock } from "@flashwright/node-transport";
import { agentLimits, SUBPROTOCOL } from "@flashwright/web-transport/agent-protocol";
import { WebSocketServer } from "ws";

const [address] = process.argv.slice(2);
const desk = new PortDesk({
  listPorts: async () => [],
  openPort: (path, baudRate) => openTransport(path, { baudRate }),
  virtualBoards: [],
  namedPorts: [address],
  allPorts: false,
  clock: systemClock,
});
const http = createServer();
const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: agentLimits.frameBytes,
  perMessageDeflate: false,
  handleProtocols: () => SUBPROTOCOL,
});
http.on("upgrade", (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (ws) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const id = decodeURIComponent(pathname.split("/").pop());
    if (pathname.endsWith("/control")) desk.serveControl(wsSocket(ws));
    else desk.servePort(wsSocket(ws), id, Number(searchParams.get("baud")));
  });
});
http.listen(0, "127.0.0.1");
await once(http, "listening");
console.log(`http://127.0.0.1:${http.address().port}`);
createInterface(process.stdin).on("line", () => {
  globalThis.gc?.();
  console.log(process.memoryUsage().rss);
});
