/** A transport to a server of the virtual board, behind which there is nothing but memory. @module */
import type { Transport } from "@flashwright/core";
import type { BoardServer, OpenTransport } from "@flashwright/virtual-device/node";
import type { Pair } from "./far-end.js";
import { createMemoryPair } from "./memory-pair.js";

/**
 * Serves a memory transport, connects to it, and gives the connection with the memory's far end.
 * @param serve starts the server
 * @param connect opens a transport to it, given the server
 */
export async function createServedPair<Server extends BoardServer>(
  serve: (open: OpenTransport) => Promise<Server>,
  connect: (server: Server) => Promise<Transport>,
): Promise<Pair> {
  const board = createMemoryPair();
  const server = await serve(() => board.transport);
  const transport = await connect(server);
  const { far } = board;
  return {
    transport,
    far: {
      log: far.log,
      get acceptedBytes() {
        return far.acceptedBytes;
      },
      send: (bytes, packetSize) => far.send(bytes, packetSize),
      pause: () => far.pause(),
      resume: () => far.resume(),
      hangUp: () => far.hangUp(),
      async release() {
        await far.release();
        await server.close();
      },
    },
  };
}
