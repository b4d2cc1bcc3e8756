/** The suite through an agent: its client, real WebSockets, its checks, its desk of ports, and several kinds of port behind it. */
import { openTransport, systemClock } from "@flashwright/node-transport";
import { UnlimitedTimeline } from "../../packages/virtual-device/src/clock/timeline.js";
import { describeWith } from "../support/requirements.js";
import { agentTraits, throughAgent } from "./ends/agent-end.js";
import { createMemoryPair } from "./ends/memory-pair.js";
import { openPtyFarEnd } from "./ends/pty-end.js";
import { createUartPair } from "./ends/uart-end.js";
import { describeTransport } from "./transport-suite.js";

describeTransport(
  "a port of an agent with memory behind it",
  { ...agentTraits, capabilities: { lines: "dtr-rts", baudRate: "any" }, linesTogether: true },
  async () => {
    const { transport, far } = createMemoryPair();
    return throughAgent(async () => transport, far);
  },
);

describeTransport(
  "a port of an agent with a virtual board's wire behind it",
  { ...agentTraits, capabilities: { lines: "dtr-rts", baudRate: "any" }, linesTogether: true },
  async () => {
    const { transport, far } = createUartPair(new UnlimitedTimeline(systemClock), systemClock);
    return throughAgent(async () => transport, far);
  },
);

describeWith(["linux", "python3"], "on a pseudo terminal", () => {
  describeTransport(
    "a port of an agent with a serial port behind it",
    {
      ...agentTraits,
      capabilities: { lines: "none", baudRate: "any" },
      drainReachesFarEnd: false,
      keepsDataAtHangUp: false,
    },
    async () => {
      const { path: terminal, far } = await openPtyFarEnd();
      return throughAgent(() => openTransport(terminal, { baudRate: 115200 }), far);
    },
  );
});
