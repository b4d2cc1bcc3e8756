/** From options to a connected chip, and away from it again. @module */
import { type After, FlasherError, isFlasherError, type Session, type Transport } from "@flashwright/core";
import type { ListedPort } from "@flashwright/node-transport";
import type { Context } from "../context.js";
import { findAdapter } from "../ports/adapter.js";
import { choosePort } from "../ports/choose-port.js";
import { tellOtherUsers } from "../ports/other-users.js";
import { openTraceFile } from "../trace/trace-file.js";
import { traceTransport } from "../trace/trace-transport.js";
import { isVirtualAddress, openVirtualPort } from "../virtual/virtual-port.js";
import { BoardConnector } from "./connect-board.js";
import type { ConnectionOptions } from "./connection-options.js";
import { createPortTurns } from "./port-turns.js";
import { adapterAt, awaitPort } from "./reopen.js";

/**
 * Opens the port, connects, works, and lets go of the port and the trace whatever happens.
 * @throws FlasherError of choosing, opening and connecting; `no-reset-line` at once where `--after hard-reset` cannot be
 */
export async function withSession<T>(
  context: Context,
  options: ConnectionOptions,
  work: (session: Session, reconnection: Reconnection) => Promise<T>,
): Promise<T> {
  return withBoard(context, options, async (connectAgain, reconnection) =>
    work(await connectAgain(), reconnection),
  );
}

/** The way back to a board whose port has gone. */
export interface Reconnection {
  /** The session that `again` made last: the one before is over. */
  readonly latest: Session | undefined;
  /** Notes which adapter it is, as long as it is there. */
  prepare(): Promise<void>;
  /**
   * Waits for the port and connects once more.
   * @throws FlasherError `port-lost` where it does not come back; those of opening and connecting; the signal's reason
   */
  again(): Promise<Session>;
}

/** Makes a session; the one before is over. @throws FlasherError those of `connect` */
export type Connect = () => Promise<Session>;

/** The same for work that lets the board run in between and then connects once more, over one open port. */
export async function withBoard<T>(
  context: Context,
  options: ConnectionOptions,
  work: (connect: Connect, reconnection: Reconnection) => Promise<T>,
): Promise<T> {
  return withTransport(context, options, async (transport, address, reopening) => {
    if (options.after === "hard-reset" && transport.capabilities.lines === "none") {
      throw new FlasherError("no-reset-line", { label: transport.label });
    }
    const turns = createPortTurns(transport);
    const connector = new BoardConnector(context, options, await findAdapter(context.world, address));
    let latest: Session | undefined;
    const reconnection: Reconnection = {
      get latest() {
        return latest;
      },
      prepare: () => reopening.prepare(),
      async again() {
        latest = await connector.connect(await reopening.again());
        return latest;
      },
    };
    const result = await work(() => connector.connect(turns.next()), reconnection);
    await connector.remember();
    return result;
  });
}

/** The way back to a port that has gone. */
interface Reopening {
  prepare(): Promise<void>;
  /** @throws FlasherError `port-lost` */
  again(): Promise<Transport>;
}

/** The port alone, traced where that is wished. */
export async function withTransport<T>(
  context: Context,
  options: Pick<ConnectionOptions, "port" | "trace" | "traceSecrets">,
  work: (transport: Transport, address: string, reopening: Reopening) => Promise<T>,
): Promise<T> {
  const { world, output } = context;
  const address = await choosePort(world, options.port);
  const trace =
    options.trace === undefined ? undefined : openTraceFile(options.trace, options.traceSecrets === true);
  try {
    const opened = isVirtualAddress(address)
      ? await openVirtualPort(address, world.clock)
      : await world.openTransport(address);
    const traced = (port: Transport): Transport =>
      trace === undefined
        ? port
        : traceTransport(port, world.clock, trace.sink, options.traceSecrets ? "recorded" : "hidden");
    let transport = traced(opened);
    let adapter: ListedPort | undefined;
    const reopening: Reopening = {
      async prepare() {
        adapter = await adapterAt(world, address);
      },
      async again() {
        await transport.close();
        const port = await awaitPort(context, address, adapter);
        if (port === undefined) throw new FlasherError("port-lost", { label: address });
        transport = traced(port);
        return transport;
      },
    };
    try {
      await output.prepareProgress();
      return await work(transport, address, reopening);
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

/** How to leave after work that has changed nothing: as found, which without a reset line is in the loader. */
export function afterReading(session: Session, wish: After | undefined): After {
  return wish ?? (session.canReset ? "hard-reset" : "no-reset");
}

/** How to leave after a write: the new firmware starts. */
export function afterWriting(session: Session, wish: After | undefined): After {
  return wish ?? (session.canReset ? "hard-reset" : "soft-reset");
}
