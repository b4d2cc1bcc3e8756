import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard, createVirtualClock } from "@flashwright/virtual-device";
import { describe, expect, it } from "vitest";
import { pacedTimeline, UnlimitedTimeline } from "../../packages/virtual-device/src/clock/timeline.js";
import { Connection } from "../../packages/virtual-device/src/wire/connection.js";
import { createUartPair } from "./ends/uart-end.js";
import { describeTransport, type TransportTraits } from "./transport-suite.js";

const impossible = "a board in memory is always there, and its port may be opened again at any time";

const traits: TransportTraits = {
  capabilities: { lines: "dtr-rts", baudRate: "any" },
  linesTogether: true,
  drainReachesFarEnd: true,
  keepsDataAtHangUp: true,
  unheld: { reason: "a UART without flow control sends on", keptBytes: 0x100000 },
  stallBytes: 0x200000,
  missing: { impossible },
  busy: { impossible },
  denied: { impossible },
};

describeTransport("the virtual board's transport, where nothing takes time", traits, async () =>
  createUartPair(new UnlimitedTimeline(systemClock), systemClock),
);

describeTransport("the virtual board's transport, at the pace of the line", traits, async () => {
  const clock = createVirtualClock();
  return createUartPair(pacedTimeline(clock), clock);
});

describe("a whole board", () => {
  it("opens with the transport that passes these tests", () => {
    const { transport } = createVirtualBoard();
    expect(transport).toBeInstanceOf(Connection);
    transport.abort();
  });
});
