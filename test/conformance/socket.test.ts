import { openTransport } from "@flashwright/node-transport";
import { serveTcp } from "@flashwright/virtual-device/node";
import { createServedPair } from "./ends/served-pair.js";
import { listenOnce } from "./ends/socket-end.js";
import { describeTransport, type TransportTraits } from "./transport-suite.js";

const impossible = "a raw socket is only connected or not";

const traits: TransportTraits = {
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
};

describeTransport("a raw TCP socket", traits, async () => {
  const server = await listenOnce();
  const transport = await openTransport(`socket://127.0.0.1:${server.port}`, { baudRate: 115200 });
  return { transport, far: await server.accept() };
});

describeTransport("a raw TCP socket to the virtual board's server", traits, () =>
  createServedPair(
    (open) => serveTcp(open, { host: "127.0.0.1", port: 0 }),
    ({ port }) => openTransport(`socket://127.0.0.1:${port}`, { baudRate: 115200 }),
  ),
);
