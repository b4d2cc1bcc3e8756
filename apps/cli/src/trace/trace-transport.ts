/** A transport that tells everything that passes through it. @module */
import { type Clock, isFlasherError, type SignalStep, type Transport } from "@flashwright/core";
import {
  TRACE_FORMAT,
  TRACE_VERSION,
  type TraceEntry,
  type TraceFact,
  type TraceHeader,
} from "./trace-format.js";

/** Takes the header, then the entries in order. */
export type TraceSink = (line: TraceHeader | TraceEntry) => void;

/** The same transport, with a trace of every call and every byte. */
export function traceTransport(transport: Transport, clock: Clock, sink: TraceSink): Transport {
  const { label, capabilities, closed } = transport;
  const start = clock.now();
  const tell = (fact: TraceFact) => sink({ t: Math.round((clock.now() - start) * 1000) / 1000, ...fact });
  sink({ format: TRACE_FORMAT, version: TRACE_VERSION, label, capabilities });
  void closed.then(({ reason }) => tell({ end: reason }));

  async function told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      tell({ error: isFlasherError(error) ? error.code : String(error) });
      throw error;
    }
  }

  return {
    label,
    capabilities,
    closed,
    async read() {
      const bytes = await told(transport.read());
      if (bytes !== undefined) tell({ in: hex(bytes) });
      return bytes;
    },
    write(bytes) {
      tell({ out: hex(bytes) });
      return told(transport.write(bytes));
    },
    drain() {
      tell({ drain: true });
      return told(transport.drain());
    },
    discard() {
      tell({ discard: true });
      return told(transport.discard());
    },
    signal(steps: readonly SignalStep[]) {
      tell({ signal: steps });
      return told(transport.signal(steps));
    },
    setBaudRate(baudRate) {
      tell({ baud: baudRate });
      return told(transport.setBaudRate(baudRate));
    },
    close: () => transport.close(),
    abort: () => transport.abort(),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
}
