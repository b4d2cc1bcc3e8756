/** Opening a port of the browser so that the board behind it is not held in reset. @module */
import { type Clock, FlasherError, type Transport, type TransportCapabilities } from "@flashwright/core";
import { QueuedTransport, ReceiveQueue, within } from "@flashwright/core/port";
import { browserClock } from "../browser-clock.js";
import { describePort } from "./describe-ports.js";
import type { Disturbance } from "./port-reader.js";
import type { WebSerialPort } from "./serial-api.js";
import { WebSerialDriver } from "./web-serial-driver.js";

const OPEN_MS = 5000;

/** How to open a port. */
export interface WebSerialPortOptions {
  /** bit/s; any rate that the adapter can do. 8 data bits, no parity, 1 stop bit. */
  readonly baudRate: number;
  readonly clock?: Clock;
  /** The port's name in messages; `describePort` makes one by default. */
  readonly label?: string;
  /**
   * Told of each error of reception that the port survives, with how many of its kind there have been. An `overrun` is
   * bytes that were lost; a break or a framing error is what a reset or a wrong rate looks like.
   */
  readonly onDisturbance?: (kind: Disturbance, count: number) => void;
}

/**
 * Opens a port of the browser and releases both lines: the system raises DTR and RTS at open, and RTS holds a board in
 * reset.
 * @returns a transport with lines, or without where the port refuses to set any
 * @throws FlasherError `port-busy` (open in this page already), `port-not-opened` (open elsewhere, or this user may not;
 *   browsers do not say which), `port-blocked`, `port-baud-refused` (no rate at all), `port-failed`
 */
export async function openWebSerialPort(
  port: WebSerialPort,
  options: WebSerialPortOptions,
): Promise<Transport> {
  const { baudRate, clock = browserClock, label = describePort(port).label } = options;
  if (!Number.isInteger(baudRate) || baudRate <= 0) {
    throw new FlasherError("port-baud-refused", { label, baudRate });
  }
  const received = new ReceiveQueue();
  const driver = new WebSerialDriver({ port, label, received, clock, onDisturbance: counter(options) });
  const opened = driver.open(baudRate);
  const late = () => {
    void opened.then(() => driver.release({ dropUnsent: true })).catch(() => {});
    return new FlasherError("port-failed", { label, detail: `it did not open within ${OPEN_MS} ms` });
  };
  await within(clock, OPEN_MS, opened, late);
  const capabilities = await releaseLines(driver, clock);
  return new QueuedTransport({ label, capabilities, driver, received, clock, baudRate });
}

/** Releases both lines; learns from a refusal that there are none. */
async function releaseLines(driver: WebSerialDriver, clock: Clock): Promise<TransportCapabilities> {
  const late = () => new Error("no answer");
  const lines = await within(
    clock,
    OPEN_MS,
    driver.setLines({ dtr: false, rts: false, brk: false }),
    late,
  ).then(
    () => "dtr-rts" as const,
    () => "none" as const,
  );
  const wires = lines === "none" ? { lines } : ({ lines, linesOneByOne: true } as const);
  return { ...wires, reopensForRate: true, baudRate: "any" };
}

function counter({ onDisturbance }: WebSerialPortOptions): (kind: Disturbance) => void {
  const counts = new Map<Disturbance, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    onDisturbance?.(kind, count);
  };
}
