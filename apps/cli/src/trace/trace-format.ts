/**
 * The trace format: what passed between this program and the port, one JSON object a line. Content of the flash is left out
 * unless somebody asked for it: it may hold passwords.
 *
 * The first line is the header. Every other line has `t`, milliseconds since the header on the program's own clock, and
 * exactly one of:
 * - `out` or `in`: bytes written to or read from the port, in hex;
 * - `outHidden` or `inHidden`: how many bytes of the wire were left out there, because they are content of the flash; only
 *   where the header says `payloads: "hidden"`;
 * - `signal`: line steps as given to the port (`dtr`, `rts`: true = asserted; `brk`: true = break; `waitMs`);
 * - `baud`: the new rate in bit/s;
 * - `drain`, `discard`: `true`, the call of that name;
 * - `error`: the code or words with which the last call failed;
 * - `end`: how the port ended, `closed` or `lost`.
 *
 * Calls stand in the order in which they were made, bytes read where they were handed to the program.
 *
 * @module
 */
import type { SignalStep, TransportCapabilities } from "@flashwright/core";

export const TRACE_FORMAT = "flashwright/trace";
export const TRACE_VERSION = 1;

/** The first line. */
export interface TraceHeader {
  readonly format: typeof TRACE_FORMAT;
  readonly version: typeof TRACE_VERSION;
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  /** Whether content of the flash was recorded. One with `recorded` may hold passwords, and can be played again. */
  readonly payloads: "hidden" | "recorded";
}

/** What happened. */
export type TraceFact =
  | { readonly out: string }
  | { readonly in: string }
  | { readonly outHidden: number }
  | { readonly inHidden: number }
  | { readonly signal: readonly SignalStep[] }
  | { readonly baud: number }
  | { readonly drain: true }
  | { readonly discard: true }
  | { readonly error: string }
  | { readonly end: "closed" | "lost" };

/** Any other line. */
export type TraceEntry = { readonly t: number } & TraceFact;

/** A whole trace. */
export interface Trace {
  readonly header: TraceHeader;
  readonly entries: readonly TraceEntry[];
}

/**
 * Reads a trace; a last line that was cut off, as after a crash, is left out.
 * @throws Error when the header is not that of a trace of this version, or a line before the last is no JSON
 */
export function parseTrace(text: string): Trace {
  const lines = text.split("\n");
  const whole = lines.slice(0, -1).filter((line) => line !== "");
  if (whole.length === 0) throw new Error("the trace is empty");
  const [header, ...entries] = whole.map((line) => JSON.parse(line) as unknown);
  const { format, version } = header as TraceHeader;
  if (format !== TRACE_FORMAT || version !== TRACE_VERSION) {
    throw new Error(`not a ${TRACE_FORMAT} of version ${TRACE_VERSION}`);
  }
  return { header: header as TraceHeader, entries: entries as TraceEntry[] };
}
