/** The board's UART as raw bytes on a TCP port, like ser2net's raw mode. @module */
import type { Socket } from "node:net";
import type { Transport } from "@flashwright/core";
import type { OpenTransport } from "./server.js";
import { pumpFromBoard } from "./session.js";
import {
  type SocketBoardServer,
  type SocketServeOptions,
  serveSockets,
  writeSocket,
} from "./socket-server.js";

/**
 * Serves the board's bytes, and nothing else, on TCP: no lines, and the rate stays at `options.baudRate`.
 *
 * One client at a time; a second is accepted and closed. Both directions are held back by a slow reader.
 * @throws ServeError `listen-failed`
 */
export function serveTcp(
  openTransport: OpenTransport,
  options: SocketServeOptions = {},
): Promise<SocketBoardServer> {
  return serveSockets("socket", openTransport, options, attachRaw);
}

async function attachRaw(socket: Socket, transport: Transport): Promise<void> {
  const toBoard = async () => {
    for await (const bytes of socket) await transport.write(bytes);
  };
  await Promise.race([toBoard(), pumpFromBoard(transport, (bytes) => writeSocket(socket, bytes))]);
}
