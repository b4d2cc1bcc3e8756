/**
 * Flashes a set through a serial port, in a process of its own: the library that gives pseudo terminals their modem lines
 * is loaded when a process starts.
 *
 *   node client.mjs <path> <file with the serialised order>
 *
 * Prints the report as JSON.
 */
import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";
import { openTransport, systemClock } from "@flashwright/node-transport";
import type { FirmwareSet } from "./firmware.js";
import { flashSet } from "./flash-set.js";

/** What to flash and how. */
export interface PtyOrder {
  readonly set: FirmwareSet;
  readonly stub: boolean;
}

const [path, orderFile] = process.argv.slice(2);
const { set, stub } = deserialize(readFileSync(orderFile)) as PtyOrder;
const transport = await openTransport(path, { baudRate: 115_200 });
const report = await flashSet(transport, set, { clock: systemClock, stub });
await transport.close();
console.log(JSON.stringify(report));
