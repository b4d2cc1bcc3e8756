/**
 * A client that writes an image through an agent, in a process of its own, so that it can be killed.
 *
 *   node client.mjs <url of the agent> <its token> <id of the port> <file> <offset>
 *
 * Prints {"doneBytes"} as the write goes on.
 */
import { readFileSync } from "node:fs";
import { systemClock } from "@flashwright/node-transport";
import { openAgentPort } from "@flashwright/web-transport/agent";
import { WebSocket } from "ws";
import { writeImage } from "./write-image.js";

const [url, token, id, file, offset] = process.argv.slice(2) as [string, string, string, string, string];
const access = { url, token, clock: systemClock, WebSocket };
const transport = await openAgentPort(access, id, { baudRate: 115200 });
const image = { name: file, offset: Number(offset), bytes: new Uint8Array(readFileSync(file)) };
await writeImage(transport, image, (doneBytes) => console.log(JSON.stringify({ doneBytes })));
await transport.close();
