/** A TCP connection, made within a deadline. @module */
import { connect, type Socket } from "node:net";
import { type Clock, FlasherError } from "@flashwright/core";
import { within } from "@flashwright/core/port";

const CONNECT_MS = 5000;
/** Silence after which the system begins to ask whether the far computer is still there. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Connects, without Nagle's delay: a flasher sends small frames and waits for each answer.
 * @param label the address, for errors
 * @throws FlasherError `network-unreachable`
 */
export async function connectTcp(host: string, port: number, label: string, clock: Clock): Promise<Socket> {
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  try {
    await within(clock, CONNECT_MS, connected, () => new Error(`no connection within ${CONNECT_MS} ms`));
  } catch (error) {
    socket.destroy();
    // Errors that come after this one was reported are nobody's business, but must not end the program.
    socket.on("error", () => {});
    throw new FlasherError("network-unreachable", { label, detail: wordsOf(error) }, { cause: error });
  }
  socket.removeAllListeners("error");
  return socket;
}

/** Node tries every address of a name and gives one error for all; the first tells enough. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
