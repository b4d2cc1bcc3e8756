/** A transport that tells everything that passes through it. @module */
import { type Clock, isFlasherError, type SignalStep, type Transport } from "@flashwright/core";
import { PayloadFilter, type TraceRun } from "./payload-filter.js";
import {
  TRACE_FORMAT,
  TRACE_VERSION,
  type TraceEntry,
  type TraceFact,
  type TraceHeader,
} from "./trace-format.js";

/** Tells what of the bytes in either direction is not to be recorded. */
export interface TraceFilter {
  sent(bytes: Uint8Array): TraceRun[];
  received(bytes: Uint8Array): TraceRun[];
  /** The board starts anew, or its rate changes. */
  startedOver(): void;
}

/** Takes the header, then the entries in order. */
export type TraceSink = (line: TraceHeader | TraceEntry) => void;

/**
 * The same transport, with a trace of every call and every byte.
 * @param payloads whether content of the flash is recorded, or only how long it is
 * @param hiding what is content; the flasher's frames, unless it is another conversation
 */
export function traceTransport(
  transport: Transport,
  clock: Clock,
  sink: TraceSink,
  payloads: TraceHeader["payloads"],
  hiding: () => TraceFilter = () => new PayloadFilter(),
): Transport {
  const { label, capabilities, closed } = transport;
  const start = clock.now();
  const tell = (fact: TraceFact) => sink({ t: Math.round((clock.now() - start) * 1000) / 1000, ...fact });
  const filter = payloads === "hidden" ? hiding() : undefined;
  const whole = (bytes: Uint8Array): TraceRun[] => [{ bytes, hidden: false }];
  sink({ format: TRACE_FORMAT, version: TRACE_VERSION, label, capabilities, payloads });
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
      if (bytes === undefined) return undefined;
      for (const run of filter?.received(bytes) ?? whole(bytes)) {
        tell(run.hidden ? { inHidden: run.bytes.length } : { in: hex(run.bytes) });
      }
      return bytes;
    },
    write(bytes) {
      for (const run of filter?.sent(bytes) ?? whole(bytes)) {
        tell(run.hidden ? { outHidden: run.bytes.length } : { out: hex(run.bytes) });
      }
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
      filter?.startedOver();
      tell({ signal: steps });
      return told(transport.signal(steps));
    },
    setBaudRate(baudRate) {
      filter?.startedOver();
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
