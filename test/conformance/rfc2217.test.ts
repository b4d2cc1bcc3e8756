import { openTransport } from "@flashwright/node-transport";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
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
  () => createServedPair((open) => serveRfc2217(open, local), connect),
);
