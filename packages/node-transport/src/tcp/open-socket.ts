/** `socket://`: raw bytes over TCP, as ser2net's raw mode, esp-link and socat give them. @module */
import { type Clock, FlasherError, type Transport } from "@flashwright/core";
import { type PortDriver, QueuedTransport, ReceiveQueue } from "@flashwright/core/port";
import { systemClock } from "../system-clock.js";
import { connectTcp } from "./connect.js";
import { SocketLine } from "./socket-line.js";

/**
 * Connects to a raw serial server. There are no lines, and the far end keeps its own baud rate: every rate is accepted
 * and changes nothing. `drain` can only tell that this computer has sent on the bytes.
 * @param host name or IP address, IPv6 without brackets
 * @throws FlasherError `network-unreachable`
 */
export async function openSocket(
  host: string,
  port: number,
  options: { readonly clock?: Clock } = {},
): Promise<Transport> {
  const { clock = systemClock } = options;
  const label = `socket://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const socket = await connectTcp(host, port, label, clock);
  const received = new ReceiveQueue();
  const driver = socketDriver(new SocketLine(socket, received, (bytes) => received.push(bytes)), label);
  // The rate only sets how long a drain may take, and here a drain takes no time.
  const baudRate = 115200;
  const capabilities = { lines: "none", baudRate: "fixed" } as const;
  return new QueuedTransport({ label, capabilities, driver, received, clock, baudRate });
}

function socketDriver(line: SocketLine, label: string): PortDriver {
  return {
    bufferBytes: Number.POSITIVE_INFINITY,
    write: (bytes) => line.write(bytes),
    drain: async () => {},
    setLines: async () => {
      throw new FlasherError("port-lines-missing", { label });
    },
    setBaudRate: async () => {},
    discard: async () => {},
    pause: () => line.pause(),
    resume: () => line.resume(),
    release: (options) => line.release(options),
  };
}
