/** From options to a connected chip, and away from it again. @module */
import { FlasherError, isFlasherError, type Session, type Transport } from "@flashwright/core";
import type { Context } from "../context.js";
import { awaitPort } from "../ports/await-port.js";
import { choosePort } from "../ports/choose-port.js";
import { openPort } from "../ports/open-port.js";
import { tellOtherUsers } from "../ports/other-users.js";
import { identifyPort, type PortIdentity } from "../ports/port-identity.js";
import { openTraceFile } from "../trace/trace-file.js";
import { traceTransport } from "../trace/trace-transport.js";
import { Board, type ReopenablePort } from "./board.js";
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
    const result = await work(new Board(context, connector, port));
    await connector.remember();
    return result;
  });
}

/** The port alone, traced where that is wished. */
export async function withTransport<T>(
  context: Context,
  options: Pick<ConnectionOptions, "port" | "trace" | "traceSecrets">,
  work: (port: ReopenablePort, identity: PortIdentity) => Promise<T>,
): Promise<T> {
  const { world, output, signal } = context;
  const address = await choosePort(world, options.port);
  const trace =
    options.trace === undefined ? undefined : openTraceFile(options.trace, options.traceSecrets === true);
  const open = async (path: string): Promise<Transport> => {
    const port = await openPort(context, path);
    if (trace === undefined) return port;
    return traceTransport(port, world.clock, trace.sink, options.traceSecrets ? "recorded" : "hidden");
  };
  try {
    let transport = await open(address);
    try {
      const identity = await identifyPort(world, address);
      const port: ReopenablePort = {
        get transport() {
          return transport;
        },
        async reopen(seconds, onAway) {
          await transport.close();
          const tooLate = (cause: unknown) =>
            new FlasherError("port-away", { label: address, seconds }, { cause });
          const away = onAway === undefined ? {} : { onAway };
          transport = await awaitPort(world, { identity, seconds, open, signal, tooLate, ...away });
        },
      };
      await output.prepareProgress();
      return await work(port, identity);
    } catch (error) {
      if (isFlasherError(error)) await tellOtherUsers(context, transport.label);
      throw error;
    } finally {
      await transport.close();
    }
  } finally {
    trace?.close();
  }
}
