/** A page whose transports a test drives from outside; bytes cross as base64. @module */
import { isFlasherError, type SignalStep, type Transport } from "@flashwright/core";
import { browserSerial, grantedPorts, openWebSerialPort } from "@flashwright/web-transport";
import { fromBase64, toBase64 } from "./base64.js";

const transports: Transport[] = [];

/** What a call comes to: errors cross as data. */
type Outcome =
  | { readonly value?: string | undefined }
  | { readonly failure: unknown; readonly message: string };

async function outcome(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    const value = await work();
    return typeof value === "string" ? { value } : {};
  } catch (error) {
    return { failure: isFlasherError(error) ? error.toJSON() : undefined, message: (error as Error).message };
  }
}

const page = {
  async open(at: number, baudRate: number) {
    const ports = await grantedPorts(browserSerial()!);
    const transport = await openWebSerialPort(ports[at]!.port, { baudRate });
    transports.push(transport);
    const { label, capabilities } = transport;
    return { id: transports.length - 1, label, capabilities };
  },
  closed: (id: number) => transports[id]!.closed,
  read: (id: number) =>
    outcome(async () => {
      const chunk = await transports[id]!.read();
      return chunk === undefined ? undefined : toBase64(chunk);
    }),
  write: (id: number, text: string) => outcome(() => transports[id]!.write(fromBase64(text))),
  drain: (id: number) => outcome(() => transports[id]!.drain()),
  discard: (id: number) => outcome(() => transports[id]!.discard()),
  signal: (id: number, steps: readonly SignalStep[]) => outcome(() => transports[id]!.signal(steps)),
  setBaudRate: (id: number, baudRate: number) => outcome(() => transports[id]!.setBaudRate(baudRate)),
  close: (id: number) => outcome(() => transports[id]!.close()),
  abort: (id: number) => transports[id]!.abort(),
};

/** What a test can call. */
export type TransportPage = typeof page;

Object.assign(globalThis, { page });
