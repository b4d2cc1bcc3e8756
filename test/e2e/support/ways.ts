/** The ways from a host to the virtual board. @module */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import { openTransport, systemClock } from "@flashwright/node-transport";
import type { VirtualBoard } from "@flashwright/virtual-device";
import { type BoardServer, servePty, serveRfc2217, serveTcp } from "@flashwright/virtual-device/node";
import { buildLineLibrary } from "../../support/line-library.js";
import { mustRun } from "../../support/run.js";
import { bundlePtyClient } from "./bundle-client.js";
import type { FirmwareSet } from "./firmware.js";
import { type FlashSetReport, flashSet } from "./flash-set.js";
import type { PtyOrder } from "./pty-client.js";

/** Flashes a set onto a board, by one way. */
export type Way = (board: VirtualBoard, set: FirmwareSet, stub: boolean) => Promise<FlashSetReport>;

/** Brings a board without reset lines into its loader, as a person does with the two buttons. */
export function enterDownloadMode(board: VirtualBoard): void {
  board.hold("flash");
  board.hold("reset");
  board.release("reset");
  board.release("flash");
}

async function through(
  server: BoardServer,
  set: FirmwareSet,
  stub: boolean,
  baudRate?: number,
): Promise<FlashSetReport> {
  try {
    const transport = await openTransport(server.address, { baudRate: 115_200 });
    const rate = baudRate === undefined ? {} : { baudRate };
    const report = await flashSet(transport, set, { clock: systemClock, stub, ...rate });
    await transport.close();
    return report;
  } finally {
    await server.close();
  }
}

/** Raw TCP: no lines, and the server's rate. */
export const overTcp: Way = async (board, set, stub) => {
  enterDownloadMode(board);
  return through(await serveTcp(() => board.reconnect(), { baudRate: 115_200 }), set, stub);
};

/** RFC 2217: lines and rate over the network. */
export const overRfc2217: Way = async (board, set, stub) =>
  through(await serveRfc2217(() => board.reconnect()), set, stub);

/** A pseudo terminal as it is: a rate, no lines. */
export const overBarePty: Way = async (board, set, stub) => {
  enterDownloadMode(board);
  return through(await servePty(() => board.reconnect()), set, stub);
};

/** A pseudo terminal with modem lines, for a client process with the line library. */
export async function preparePtyWithLines(): Promise<{ readonly flash: Way; remove(): void }> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "flash-lines-")));
  const library = buildLineLibrary(folder);
  const client = await bundlePtyClient();
  const flash: Way = async (board, set, stub) => {
    const orderFile = join(folder, "order");
    const order: PtyOrder = { set, stub };
    writeFileSync(orderFile, serialize(order));
    const server = await servePty(() => board.reconnect(), { modemDirectory: folder });
    try {
      const output = await mustRun(process.execPath, [client.path, server.path, orderFile], {
        env: { ...process.env, ...library },
      });
      return JSON.parse(output);
    } finally {
      await server.close();
    }
  };
  const remove = () => {
    client.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  return { flash, remove };
}
