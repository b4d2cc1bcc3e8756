import { openTransport } from "@flashwright/node-transport";
import { listenOnce } from "./ends/socket-end.js";
import { describeTransport } from "./transport-suite.js";

const impossible = "a raw socket is only connected or not";

describeTransport(
  "a raw TCP socket",
  {
    capabilities: { lines: "none", baudRate: "fixed" },
    drainReachesFarEnd: true,
    keepsDataAtHangUp: true,
    // Linux lets loopback sockets grow to some 10 MB.
    stallBytes: 0x2000000,
    missing: {
      code: "network-unreachable",
      // Port 9 (discard) is served nowhere any more.
      open: () => openTransport("socket://127.0.0.1:9", { baudRate: 115200 }),
    },
    busy: { impossible },
    denied: { impossible },
  },
  async () => {
    const server = await listenOnce();
    const transport = await openTransport(`socket://127.0.0.1:${server.port}`, { baudRate: 115200 });
    return { transport, far: await server.accept() };
  },
);
