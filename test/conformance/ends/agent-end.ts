/** Transports whose near end is a port of an agent: its client, real WebSockets, its checks, its desk of ports. @module */
import { FlasherError, type Transport } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { type AgentServer, openThrough, startAgentServer } from "../../support/agent-server.js";
import type { TransportTraits } from "../transport-suite.js";
import type { FarEnd, Pair } from "./far-end.js";
import { createMemoryPair } from "./memory-pair.js";

const path = "/dev/ttyUSB0";

/** A server whose one port is opened with `open`. */
const serve = (open: () => Promise<Transport>) => startAgentServer({ namedPorts: [path], openPort: open });

/** A pair whose near end is reached through an agent. */
export async function throughAgent(open: () => Promise<Transport>, far: FarEnd): Promise<Pair> {
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

/** What holds for every port of an agent. */
export const agentTraits = {
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
      const server = await startAgentServer({ namedPorts: ["/dev/ttyUSB7"] });
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
