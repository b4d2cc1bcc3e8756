import { systemClock } from "@flashwright/node-transport";
import { traceTransport } from "../../apps/cli/src/trace/trace-transport.js";
import { createMemoryPair } from "./ends/memory-pair.js";
import { describeTransport } from "./transport-suite.js";

const impossible = "a trace is made around a port that is open already";

describeTransport(
  "a traced transport over memory",
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
  async () => {
    const { transport, far } = createMemoryPair();
    return { transport: traceTransport(transport, systemClock, () => {}, "hidden"), far };
  },
);
