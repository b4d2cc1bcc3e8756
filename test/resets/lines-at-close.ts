/** What becomes of a board when its port is closed: Linux lets both lines fall then (HUPCL). @module */
import { connect, esp8266 } from "@flashwright/core";
import { openTransport, systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { servePty } from "@flashwright/virtual-device/node";
import { bootImage } from "../support/content.js";
import { type CircuitName, circuits } from "./circuits.js";

/** Longer than any capacitor here. */
const RISE_MS = 50;

/**
 * Connects by `reset`, starts the firmware, and closes the port.
 * @returns the chip's mode afterwards, and how often closing has reset it
 */
export async function afterClose(
  circuit: CircuitName,
  reset: string,
  modemDirectory: string,
): Promise<{ readonly mode: string; readonly resets: number }> {
  const board = createVirtualBoard({ flash: bootImage(), ...circuits[circuit] });
  const server = await servePty(() => board.reconnect(), { modemDirectory });
  try {
    const transport = await openTransport(server.path, { baudRate: 115_200 });
    const session = await connect(transport, { target: esp8266, clock: systemClock, reset });
    await session.leave("hard-reset");
    await new Promise((resolve) => setTimeout(resolve, RISE_MS));
    const before = board.statistics.resets;
    await transport.close();
    await new Promise((resolve) => setTimeout(resolve, 2 * RISE_MS));
    return { mode: board.state.mode, resets: board.statistics.resets - before };
  } finally {
    await server.close();
  }
}
