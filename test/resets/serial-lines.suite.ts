/** Every reset strategy through the native binding, where both lines of a step change in one call. @module */
import { openTransport } from "@flashwright/node-transport";
import { servePty } from "@flashwright/virtual-device/node";
import { describe, expect, it } from "vitest";
import { type CircuitName, inOneCall } from "./circuits.js";
import { afterClose } from "./lines-at-close.js";
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

describe("closing a serial port with lines", () => {
  it.each<[CircuitName, string]>([
    ["auto-reset", "tight"],
    ["direct", "classic"],
    ["swapped", "swapped"],
    ["inverted", "inverted"],
  ])("leaves the firmware of a board running: %s", async (circuit, reset) => {
    expect(await afterClose(circuit, reset, process.env.TTYMODEM_DIR!)).toEqual({
      mode: "application",
      resets: 0,
    });
  });

  it("starts the firmware once more behind a bridge that resets at each release of DTR", async () => {
    const found = await afterClose("flow control", "flow-control", process.env.TTYMODEM_DIR!);
    expect(found).toEqual({ mode: "application", resets: 1 });
  });

  it("holds a board in reset whose lines rest asserted", async () => {
    const found = await afterClose("inverted, direct", "inverted", process.env.TTYMODEM_DIR!);
    expect(found.mode).toBe("off");
  });
});
