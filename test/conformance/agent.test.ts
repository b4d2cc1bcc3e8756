/** The suite through an agent: its client, real WebSockets, its desk of ports, and several kinds of port behind it. */
import { FlasherError, type Transport } from "@flashwright/core";
import { openTransport, systemClock } from "@flashwright/node-transport";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { UnlimitedTimeline } from "../../packages/virtual-device/src/clock/timeline.js";
import { type AgentServer, openThrough, startAgentServer } from "../support/agent-server.js";
import { describeWith } from "../support/requirements.js";
import type { FarEnd, Pair } from "./ends/far-end.js";
import { createMemoryPair } from "./ends/memory-pair.js";
import { openPtyFarEnd } from "./ends/pty-end.js";
import { createUartPair } from "./ends/uart-end.js";
import { describeTransport, type TransportTraits } from "./transport-suite.js";

const path = "/dev/ttyUSB0";

/** A server whose one port is opened with `open`. */
const serve = (open: () => Promise<Transport>) => startAgentServer({ namedPorts: [path], openPort: open });

/** A pair whose near end is reached through an agent. */
async function throughAgent(open: () => Promise<Transport>, far: FarEnd): Promise<Pair> {
  const server = await serve(open);
  let lostBytes = 0;
  const transport = await openThrough(server, "ttyUSB0", (droppedBytes) => {
    lostBytes += droppedBytes;
  });
  return {
    transport,
    far: {
      log: far.log,
      get acceptedBytes() {
        return far.acceptedBytes;
      },
      get lostBytes() {
        return lostBytes;
      },
      /** As a line does, it leaves the program some time between two packets. */
      async send(bytes, packetSize = 0x4000) {
        for (let at = 0; at < bytes.length; at += packetSize) {
          await far.send(bytes.subarray(at, at + packetSize));
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
      pause: () => far.pause(),
      resume: () => far.resume(),
      hangUp: () => far.hangUp(),
      async release() {
        await far.release();
        await server.close();
      },
    },
  };
}

/** What opening at a server fails with, which is closed afterwards. */
async function opening(server: AgentServer, open: () => Promise<Transport>): Promise<Transport> {
  return open().finally(() => server.close());
}

const traits = {
  drainReachesFarEnd: true,
  keepsDataAtHangUp: true,
  unheld: {
    reason: "the agent reads on, since a UART cannot wait",
    keptBytes: agentLimits.untakenBytes + agentLimits.bufferBytes,
  },
  stallBytes: 0x400000,
  missing: {
    code: "agent-port-unknown",
    async open() {
      const server = await startAgentServer();
      return opening(server, () => openThrough(server, "ttyUSB0"));
    },
  },
  busy: {
    code: "port-in-use",
    async open() {
      const server = await serve(async () => createMemoryPair().transport);
      await openThrough(server, "ttyUSB0");
      return opening(server, () => openThrough(server, "ttyUSB0"));
    },
  },
  denied: {
    code: "port-denied",
    async open() {
      const error = new FlasherError("port-denied", { label: path, group: "dialout" });
      const server = await serve(() => Promise.reject(error));
      return opening(server, () => openThrough(server, "ttyUSB0"));
    },
  },
} satisfies Partial<TransportTraits>;

describeTransport(
  "a port of an agent with memory behind it",
  { ...traits, capabilities: { lines: "dtr-rts", baudRate: "any" }, linesTogether: true },
  async () => {
    const { transport, far } = createMemoryPair();
    return throughAgent(async () => transport, far);
  },
);

describeTransport(
  "a port of an agent with a virtual board's wire behind it",
  { ...traits, capabilities: { lines: "dtr-rts", baudRate: "any" }, linesTogether: true },
  async () => {
    const { transport, far } = createUartPair(new UnlimitedTimeline(systemClock), systemClock);
    return throughAgent(async () => transport, far);
  },
);

describeWith(["linux", "python3"], "on a pseudo terminal", () => {
  describeTransport(
    "a port of an agent with a serial port behind it",
    {
      ...traits,
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
