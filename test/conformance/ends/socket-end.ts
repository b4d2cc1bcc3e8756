/** A far end on a TCP socket: a server that speaks raw bytes. @module */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { type FarEnd, FarLog } from "./far-end.js";

/** A server on loopback for one client. */
export async function listenOnce(): Promise<{ readonly port: number; accept(): Promise<FarEnd> }> {
  const server = createServer({ noDelay: true });
  const connection = new Promise<Socket>((resolve) => server.once("connection", resolve));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, accept: async () => farEndOf(await connection, server) };
}

function farEndOf(socket: Socket, server: Server): FarEnd {
  const log = new FarLog();
  let accepted = 0;
  socket.on("data", (chunk) => log.data(chunk));
  socket.on("error", () => {});
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  const send = (packet: Uint8Array) =>
    new Promise<void>((resolve, reject) =>
      socket.write(packet, (error) => (error ? reject(error) : resolve())),
    );
  return {
    log,
    get acceptedBytes() {
      return accepted;
    },
    async send(bytes, packetSize = 0x10000) {
      for (let at = 0; at < bytes.length; at += packetSize) {
        const packet = bytes.subarray(at, at + packetSize);
        await send(packet);
        accepted += packet.length;
      }
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    async hangUp() {
      socket.destroySoon();
      await gone;
    },
    async release() {
      socket.destroy();
      await gone;
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
