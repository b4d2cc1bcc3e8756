/** `rfc2217://`: a serial port on another computer, with its lines and its rate. Source: RFC 2217. @module */
import { type Clock, FlasherError, type Transport, type TransportCapabilities } from "@flashwright/core";
import { QueuedTransport, ReceiveQueue, within } from "@flashwright/core/port";
import { systemClock } from "../system-clock.js";
import { connectTcp } from "../tcp/connect.js";
import { SocketLine } from "../tcp/socket-line.js";
import { ComPortCommand, Control, DATA_SIZE_8, PARITY_NONE, STOP_SIZE_1 } from "./com-port.js";
import { Rfc2217Driver } from "./rfc2217-driver.js";
import { ServerSession } from "./server-session.js";

const AGREE_MS = 3000;

/** How to open a port behind an RFC 2217 server. */
export interface Rfc2217Options {
  /** bit/s; 8 data bits, no parity, 1 stop bit, no flow control. */
  readonly baudRate: number;
  readonly clock?: Clock;
}

/**
 * Connects to an RFC 2217 server, sets its port up and releases both lines.
 *
 * A server that will not speak binary is taken nevertheless: those that we know of pass all bytes on unchanged.
 * (UNCERTAIN for others; a verified write would tell.)
 * @param host name or IP address, IPv6 without brackets
 * @returns a transport with lines, or without where the server does not set them (its port is a pseudo terminal)
 * @throws FlasherError `network-unreachable`, `port-busy`, `rfc2217-refused`, `rfc2217-no-answer`, `port-baud-refused`
 */
export async function openRfc2217(host: string, port: number, options: Rfc2217Options): Promise<Transport> {
  const { baudRate, clock = systemClock } = options;
  const label = `rfc2217://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const socket = await connectTcp(host, port, label, clock);
  const received = new ReceiveQueue();
  const line = new SocketLine(socket, received, (chunk) => {
    session.receive(chunk);
    driver.afterChunk();
  });
  const session = new ServerSession(line, received, clock, label);
  const driver = new Rfc2217Driver(session, line, clock, label, baudRate);
  try {
    const capabilities = await whileConnected(received, label, () => setUp(session, driver, options, label));
    return new QueuedTransport({ label, capabilities, driver, received, clock, baudRate });
  } catch (error) {
    void line.release({ dropUnsent: true });
    throw error;
  }
}

async function setUp(
  session: ServerSession,
  driver: Rfc2217Driver,
  options: Rfc2217Options,
  label: string,
): Promise<TransportCapabilities> {
  const { baudRate, clock = systemClock } = options;
  const agreed = await within(clock, AGREE_MS, session.offer(), () =>
    refused(label, `it did not answer the offer within ${AGREE_MS} ms`),
  );
  if (!agreed) throw refused(label, "it refuses the com port option");
  // Nobody here wants to be told of line and modem states; a server that tells them nevertheless is not heard.
  session.notify(ComPortCommand.SetLineStateMask, Uint8Array.of(0));
  session.notify(ComPortCommand.SetModemStateMask, Uint8Array.of(0));
  await Promise.all([
    driver.setBaudRate(baudRate),
    set(session, label, ComPortCommand.SetDataSize, DATA_SIZE_8, "SET-DATASIZE 8"),
    set(session, label, ComPortCommand.SetParity, PARITY_NONE, "SET-PARITY NONE"),
    set(session, label, ComPortCommand.SetStopSize, STOP_SIZE_1, "SET-STOPSIZE 1"),
    set(session, label, ComPortCommand.SetControl, Control.NoFlowControl, "SET-CONTROL NO FLOW CONTROL"),
  ]);
  return { lines: await releaseLines(driver), baudRate: "any" };
}

async function set(
  session: ServerSession,
  label: string,
  command: ComPortCommand,
  value: number,
  name: string,
): Promise<void> {
  const answer = await session.request(command, Uint8Array.of(value), name);
  if (answer[0] !== value) throw refused(label, `it answers ${name} with ${answer[0] ?? "nothing"}`);
}

/** Releases DTR and RTS. A server whose port has none either says so or, as ser2net on a pseudo terminal, is silent. */
async function releaseLines(driver: Rfc2217Driver): Promise<TransportCapabilities["lines"]> {
  try {
    await driver.setLines({ dtr: false, rts: false, brk: false });
    return "dtr-rts";
  } catch (error) {
    const code = error instanceof FlasherError ? error.code : undefined;
    if (code === "port-lines-missing" || code === "rfc2217-no-answer") return "none";
    throw error;
  }
}

/** The outcome of `work`, or an error as soon as the server closes the connection, with what it said before. */
async function whileConnected<T>(received: ReceiveQueue, label: string, work: () => Promise<T>): Promise<T> {
  let onLost!: (error: FlasherError) => void;
  const lost = new Promise<never>((_, reject) => {
    onLost = reject;
  });
  received.observe({
    onFull: () => {},
    onRoom: () => {},
    onLost: (detail = "") => onLost(closedEarly(label, received.peekText(200), detail)),
  });
  return Promise.race([work(), lost]);
}

function closedEarly(label: string, said: string, detail: string): FlasherError {
  if (/in use|busy/i.test(said)) return new FlasherError("port-busy", { label });
  const words = said === "" ? detail : `${detail} after it said "${said}"`;
  return new FlasherError("network-unreachable", { label, detail: words });
}

function refused(label: string, detail: string): FlasherError {
  return new FlasherError("rfc2217-refused", { label, detail });
}
