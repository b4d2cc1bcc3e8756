/** Every reset strategy over RFC 2217, where DTR and RTS are two commands, so that they never change together. */
import { openTransport } from "@flashwright/node-transport";
import { serveRfc2217 } from "@flashwright/virtual-device/node";
import { describe } from "vitest";
import { inTwoCalls, rtsWithDtrInTwoCalls } from "./circuits.js";
import { describeResets } from "./over-wires.js";

describe("resets over RFC 2217, at the virtual board's server", () => {
  describeResets(
    {
      serve: (open) => serveRfc2217(open, { host: "127.0.0.1", port: 0 }),
      connect: ({ port }) => openTransport(`rfc2217://127.0.0.1:${port}`, { baudRate: 115_200 }),
    },
    { ...inTwoCalls, ...rtsWithDtrInTwoCalls },
  );
});
