import { openTransport } from "@flashwright/node-transport";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
import { describe, expect, it } from "vitest";
import { startChopper } from "./ends/chopper.js";
import { createMemoryPair } from "./ends/memory-pair.js";
import { createServedPair } from "./ends/served-pair.js";
import { describeTransport } from "./transport-suite.js";

const baudRate = 115200;
const local = { host: "127.0.0.1", port: 0 };
const connect = (port: number) => openTransport(`rfc2217://127.0.0.1:${port}`, { baudRate });

describeTransport(
  "an RFC 2217 client at the virtual board's server",
  {
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    drainReachesFarEnd: true,
    keepsDataAtHangUp: true,
    stallBytes: 0x2000000,
    missing: { code: "network-unreachable", open: () => connect(9) },
    busy: {
      // The server accepts a second client and closes, without a word that says why.
      code: "network-unreachable",
      async open() {
        const server = await serveRfc2217(() => createMemoryPair().transport, local);
        const first = await connect(server.port);
        return connect(server.port).finally(async () => {
          await first.close();
          await server.close();
        });
      },
    },
    denied: { impossible: "whether the server may open its port is the server's to find out" },
  },
  () =>
    createServedPair(
      (open) => serveRfc2217(open, local),
      ({ port }) => connect(port),
    ),
);

describe("an RFC 2217 connection cut into single bytes", () => {
  it("negotiates, sets rate and lines, and passes every byte value", async () => {
    const board = createMemoryPair();
    const server = await serveRfc2217(() => board.transport, local);
    const relay = await startChopper(server.port);
    const transport = await connect(relay.port);
    board.far.log.forget();
    const bytes = Uint8Array.from({ length: 512 }, (_, at) => (at % 2 === 0 ? at / 2 : 0xff));
    await transport.setBaudRate(74880);
    await transport.signal([{ dtr: true }]);
    await transport.write(bytes);
    expect(await board.far.log.take(512)).toEqual(bytes);
    expect(board.far.log.words().slice(0, 2)).toEqual(["74880 baud", "dtr=1 rts=0"]);
    await board.far.send(bytes);
    let size = 0;
    const read = new Uint8Array(512);
    while (size < 512) {
      const chunk = (await transport.read())!;
      read.set(chunk, size);
      size += chunk.length;
    }
    expect(read).toEqual(bytes);
    await transport.close();
    await relay.close();
    await server.close();
  });
});
