/** From options to a connected chip, and away from it again. @module */
import { FlasherError, isFlasherError, type Session, type Transport } from "@flashwright/core";
import { Board, LastingPort } from "@flashwright/core/board";
import type { Context } from "../context.js";
import { choosePort } from "../ports/choose-port.js";
import { openPort } from "../ports/open-port.js";
import { tellOtherUsers } from "../ports/other-users.js";
import { identifyPort, type PortIdentity } from "../ports/port-identity.js";
import { placesOf } from "../ports/port-places.js";
import { openTraceFile } from "../trace/trace-file.js";
import { traceTransport } from "../trace/trace-transport.js";
import type { World } from "../world.js";
import { BoardConnector } from "./connect-board.js";
import type { ConnectionOptions } from "./connection-options.js";

/**
 * Opens the port, connects, works, and lets go of the port and the trace whatever happens.
 * @throws FlasherError of choosing, opening and connecting; `no-reset-line` at once where `--after hard-reset` cannot be
 */
export async function withSession<T>(
  context: Context,
  options: ConnectionOptions,
  work: (session: Session, board: Board) => Promise<T>,
): Promise<T> {
  return withBoard(context, options, async (board) => work(await board.connect(), board));
}

/** The same for work that connects by itself, perhaps several times because the board runs in between. */
export async function withBoard<T>(
  context: Context,
  options: ConnectionOptions,
  work: (board: Board) => Promise<T>,
): Promise<T> {
  return withTransport(context, options, async (port, identity) => {
    const { transport } = port;
    if (options.after === "hard-reset" && transport.capabilities.lines === "none") {
      throw new FlasherError("no-reset-line", { label: transport.label });
    }
    const connector = new BoardConnector(context, options, identity.adapter);
    const board = new Board({
      port,
      connect: (turn) => connector.connect(turn),
      onEvent: context.emit,
      signal: context.signal,
      present: () => context.flash.present,
    });
    const result = await work(board);
    await connector.remember();
    return result;
  });
}

/** The port alone, traced where that is wished. */
export async function withTransport<T>(
  context: Context,
  options: Pick<ConnectionOptions, "port" | "trace" | "traceSecrets">,
  work: (port: LastingPort, identity: PortIdentity) => Promise<T>,
): Promise<T> {
  const { world, output } = context;
  const address = await choosePort(world, options.port);
  const trace =
    options.trace === undefined ? undefined : openTraceFile(options.trace, options.traceSecrets === true);
  const open = async (path: string): Promise<Transport> => {
    const port = await openPort(context, path);
    if (trace === undefined) return port;
    return traceTransport(port, world.clock, trace.sink, options.traceSecrets ? "recorded" : "hidden");
  };
  try {
    const transport = await open(address);
    const identity = await identifyOpen(world, address, transport);
    const port = new LastingPort(transport, address, placesOf(world, identity, open));
    try {
      await output.prepareProgress();
      return await work(port, identity);
    } catch (error) {
      if (isFlasherError(error)) await tellOtherUsers(context, port.transport.label);
      throw error;
    } finally {
      await port.close();
    }
  } finally {
    trace?.close();
  }
}

/** A port of which nothing could be learnt is not left open. */
async function identifyOpen(world: World, address: string, transport: Transport): Promise<PortIdentity> {
  try {
    return await identifyPort(world, address);
  } catch (error) {
    await transport.close();
    throw error;
  }
}
