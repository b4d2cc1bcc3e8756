/** A TCP relay that cuts everything into single bytes, each in a packet of its own, both ways. @module */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Relays loopback connections to `target`; gives the port to connect to. */
export async function startChopper(
  target: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: target, host: "127.0.0.1", noDelay: true });
    sockets.push(near, far);
    void relay(near, far);
    void relay(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function relay(from: Socket, to: Socket): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (const byte of chunk) {
        to.write(Uint8Array.of(byte));
        // A turn of the event loop between two bytes, so that the reader sees them as two chunks.
        await new Promise((resolve) => setImmediate(resolve));
      }
    to.end();
  } catch {
    to.destroy();
  }
}
