/** A WebSocket of the package `ws` as the agent's parts use one. @module */
import type { RawData, WebSocket } from "ws";
import type { AgentSocket, AgentSocketListener } from "./socket.js";

/**
 * The accepted socket, to be listened to in the same turn in which it was accepted. Its server is to be made with
 * `maxPayload: agentLimits.frameBytes`, which ends larger frames with 1009, and without compression.
 */
export function wsSocket(ws: WebSocket): AgentSocket {
  return {
    get bufferedBytes() {
      return ws.bufferedAmount;
    },
    listen: (listener) => listen(ws, listener),
    send(data, sent) {
      if (ws.readyState !== ws.OPEN) return;
      ws.send(data, (error) => {
        if (!error) sent?.();
      });
    },
    ping() {
      if (ws.readyState === ws.OPEN) ws.ping();
    },
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
  };
}

function listen(ws: WebSocket, listener: AgentSocketListener): void {
  ws.on("message", (data: RawData, isBinary: boolean) => {
    const bytes = data as Buffer;
    if (isBinary) listener.onBytes(bytes);
    else listener.onText(bytes.toString());
  });
  ws.on("pong", () => listener.onPong());
  // What went wrong is told by the close that follows.
  ws.on("error", () => {});
  ws.once("close", () => listener.onClosed());
}
