/**
 * A virtual board at the pace of a real one, behind an RFC 2217 server or on a pseudo terminal, in a process of its own.
 * Prints its address.
 *
 *   node board.mjs rfc2217|pty
 *
 * @module
 */
import { systemClock } from "@flashwright/node-transport";
import { createVirtualBoard } from "@flashwright/virtual-device";
import { servePty, serveRfc2217 } from "@flashwright/virtual-device/node";

const isPty = process.argv[2] === "pty";
const board = createVirtualBoard({
  board: "esp-12f",
  pace: "line",
  clock: systemClock,
  wire: { oneWayDelayMs: 1 },
  ...(isPty ? { wiring: "none" } : {}),
});

/** A pseudo terminal has no lines, so somebody presses the buttons. */
async function pressIntoLoader() {
  board.hold("flash");
  board.hold("reset");
  await new Promise((resolve) => setTimeout(resolve, 50));
  board.release("reset");
  await new Promise((resolve) => setTimeout(resolve, 50));
  board.release("flash");
}

const open = () => board.reconnect();
const server = isPty
  ? await servePty(open, { onEvent: ({ type }) => type === "connected" && void pressIntoLoader() })
  : await serveRfc2217(open, { host: "127.0.0.1", port: 0 });
console.log(server.address);
