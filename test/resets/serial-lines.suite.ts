/** Every reset strategy through the native binding, where both lines of a step change in one call. @module */
import { openTransport } from "@flashwright/node-transport";
import { servePty } from "@flashwright/virtual-device/node";
import { describe } from "vitest";
import { inOneCall } from "./circuits.js";
import { describeResets } from "./over-wires.js";

describe("resets on a serial port with lines", () => {
  describeResets(
    {
      serve: (open) => servePty(open, { modemDirectory: process.env.TTYMODEM_DIR! }),
      connect: ({ path }) => openTransport(path, { baudRate: 115_200 }),
    },
    inOneCall,
  );
});
