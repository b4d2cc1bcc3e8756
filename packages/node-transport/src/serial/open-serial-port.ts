/** Opening a serial port so that the board behind it is not held in reset. @module */
import { type Clock, FlasherError, type Transport, type TransportCapabilities } from "@flashwright/core";
import { QueuedTransport, ReceiveQueue, within } from "@flashwright/core/port";
import type { SerialPort } from "serialport";
import type { FoundPort } from "../ports/list-ports.js";
import { findPortUsers, userInWords } from "../ports/port-users.js";
import { systemClock } from "../system-clock.js";
import { deviceGroup } from "./device-group.js";
import { watchBothDirections } from "./duplex-poller.js";
import { portError } from "./port-error.js";
import { SerialDriver } from "./serial-driver.js";

const OPEN_MS = 5000;

/**
 * The part of serialport that talks to the operating system, `SerialPort.binding` there; replaceable for tests. It is
 * described here by what it must have, so that users of this package need not compile serialport's declarations, which
 * do not under `module: "nodenext"`.
 */
export interface SerialBinding {
  list(): Promise<readonly FoundPort[]>;
  /** Resolves an open port, in the form that serialport expects of a binding. */
  open(options: { readonly path: string; readonly baudRate: number }): Promise<object>;
}

/** How to open a serial port. */
export interface SerialPortOptions {
  /** bit/s; any rate that the adapter can do, not only those of a table. 8 data bits, no parity, 1 stop bit. */
  readonly baudRate: number;
  readonly clock?: Clock;
  readonly binding?: SerialBinding;
}

/**
 * Opens a serial port and releases both lines at once: the kernel raises DTR and RTS at open, and RTS holds the board
 * in reset.
 * @param path "/dev/ttyUSB0", "/dev/cu.usbserial-110", "COM3"
 * @returns a transport with lines, or without where the port refuses to set any (a bare pseudo terminal)
 * @throws FlasherError `port-not-found`, `port-in-use` (where it is known by whom), `port-busy`, `port-denied`, `port-baud-refused`, `address-invalid` (not a
 *   serial port), `port-failed`
 */
export async function openSerialPort(path: string, options: SerialPortOptions): Promise<Transport> {
  const { baudRate, clock = systemClock } = options;
  if (!Number.isInteger(baudRate) || baudRate <= 0) {
    throw new FlasherError("port-baud-refused", { label: path, baudRate });
  }
  const port = await openPort(path, options, clock);
  const received = new ReceiveQueue();
  const driver = new SerialDriver(port, received, clock);
  const capabilities = await releaseLines(driver).catch(async (error: unknown) => {
    void driver.release({ dropUnsent: true });
    throw error;
  });
  return new QueuedTransport({ label: path, capabilities, driver, received, clock, baudRate });
}

async function openPort(path: string, options: SerialPortOptions, clock: Clock): Promise<SerialPort> {
  const { SerialPort } = await import("serialport");
  const { baudRate, binding } = options;
  const settings = {
    path,
    baudRate,
    autoOpen: false,
    // On Windows `true` would assert DTR while opening. On Unix `false` leaves the flag as the system has it: as a rule
    // the last close lets both lines fall, which does nothing where they rest released.
    hupcl: false,
    ...(binding === undefined ? {} : { binding: binding as (typeof SerialPort)["binding"] }),
  };
  const port = new SerialPort(settings);
  const opened = new Promise<void>((resolve, reject) => {
    port.open((error) => (error ? reject(error) : resolve()));
  });
  const late = () => {
    void opened.then(() => port.close(() => {})).catch(() => {});
    return new FlasherError("port-failed", { label: path, detail: `it did not open within ${OPEN_MS} ms` });
  };
  await within(clock, OPEN_MS, opened, late).catch(async (error: unknown) => {
    throw await openError(error, path, baudRate);
  });
  watchBothDirections(port.port);
  return port;
}

/** The error with what can be found out about it. */
async function openError(error: unknown, path: string, baudRate: number): Promise<FlasherError> {
  const failure = portError(error, {
    operation: "open",
    label: path,
    baudRate,
    group: await deviceGroup(path),
  });
  if (failure.code !== "port-busy") return failure;
  const users = (await findPortUsers([path])).get(path);
  if (users === undefined) return failure;
  return new FlasherError(
    "port-in-use",
    { label: path, by: users.map(userInWords) },
    { cause: failure.cause },
  );
}

/** Releases both lines; learns from the refusal that there are none. */
async function releaseLines(driver: SerialDriver): Promise<TransportCapabilities> {
  try {
    await driver.setLines({ dtr: false, rts: false, brk: false });
    return { lines: "dtr-rts", baudRate: "any" };
  } catch (error) {
    if (error instanceof FlasherError && error.code === "port-lines-missing") {
      return { lines: "none", baudRate: "any" };
    }
    throw error;
  }
}
