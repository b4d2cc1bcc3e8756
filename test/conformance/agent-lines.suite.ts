import { openTransport } from "@flashwright/node-transport";
import { servePty } from "@flashwright/virtual-device/node";
import { agentTraits, throughAgent } from "./ends/agent-end.js";
import { createServedPair } from "./ends/served-pair.js";
import { describeTransport } from "./transport-suite.js";

const elsewhere = "asserted with other ports behind an agent";

describeTransport(
  "a port of an agent with a serial port and its lines behind it",
  {
    ...agentTraits,
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    linesTogether: true,
    drainReachesFarEnd: false,
    keepsDataAtHangUp: false,
    missing: { impossible: elsewhere },
    busy: { impossible: elsewhere },
    denied: { impossible: elsewhere },
  },
  async () => {
    const { transport, far } = await createServedPair(
      (open) => servePty(open, { modemDirectory: process.env.TTYMODEM_DIR! }),
      (server) => openTransport(server.path, { baudRate: 115200 }),
    );
    return throughAgent(async () => transport, far);
  },
);
