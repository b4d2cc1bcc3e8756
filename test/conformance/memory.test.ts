import { createMemoryPair } from "./ends/memory-pair.js";
import { describeTransport } from "./transport-suite.js";

const impossible = "memory is always there";

describeTransport(
  "a transport over memory",
  {
    capabilities: { lines: "dtr-rts", baudRate: "any" },
    linesTogether: true,
    drainReachesFarEnd: true,
    keepsDataAtHangUp: true,
    stallBytes: 0x100000,
    missing: { impossible },
    busy: { impossible },
    denied: { impossible },
  },
  async () => createMemoryPair(),
);
