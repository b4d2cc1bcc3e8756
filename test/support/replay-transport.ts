/** A recorded conversation with a board, played again. @module */
import type { SignalStep, Transport, TransportEnd } from "@flashwright/core";
import type { Trace, TraceEntry } from "../../apps/cli/src/trace/trace-format.js";

/** A transport that answers from a trace, and how far it has come. */
export interface Replay {
  readonly transport: Transport;
  /** What the trace holds and the program has not done yet, the end of the port aside. */
  readonly left: () => readonly TraceEntry[];
}

/**
 * Plays a trace: the program has to do what was recorded, in the same order, and is answered as the board did. Bytes may be
 * written in other pieces. Time plays no part: an answer comes as soon as all that was recorded before it has been done.
 *
 * A call that differs from the record rejects with an Error that names both.
 * @throws Error for a trace without the content of the flash
 */
export function createReplayTransport(trace: Trace): Replay {
  if (trace.header.payloads === "hidden") {
    throw new Error("the trace was recorded without --trace-secrets and cannot be played");
  }
  const replay = new ReplayTransport(trace);
  return { transport: replay, left: () => replay.left };
}

class ReplayTransport implements Transport {
  readonly label: string;
  readonly capabilities: Transport["capabilities"];
  readonly closed: Promise<TransportEnd>;
  /** Entries that are still to come; the first `out` may be done in part. */
  readonly #queue: TraceEntry[];
  #resolveClosed!: (end: TransportEnd) => void;
  #ended = false;
  #wake: ((bytes: Uint8Array | undefined) => void) | undefined;

  constructor({ header, entries }: Trace) {
    this.label = header.label;
    this.capabilities = header.capabilities;
    this.#queue = [...entries];
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
  }

  get left(): readonly TraceEntry[] {
    return this.#queue.filter((entry) => !("end" in entry));
  }

  read(): Promise<Uint8Array | undefined> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#deliver();
    });
  }

  async write(bytes: Uint8Array): Promise<void> {
    let hex = Buffer.from(bytes).toString("hex");
    while (hex !== "") {
      const expected = this.#expect("out", hex).out;
      const size = Math.min(expected.length, hex.length);
      if (expected.slice(0, size) !== hex.slice(0, size)) throw differs(`out ${expected}`, `out ${hex}`);
      hex = hex.slice(size);
      if (size === expected.length) this.#queue.shift();
      else this.#queue[0] = { ...this.#queue[0], out: expected.slice(size) } as TraceEntry;
    }
    this.#deliver();
  }

  async drain(): Promise<void> {
    this.#take("drain", true);
  }

  /** What the board had sent by then is lost, as it was when it was recorded. */
  async discard(): Promise<void> {
    this.#take("discard", true);
  }

  async signal(steps: readonly SignalStep[]): Promise<void> {
    this.#take("signal", steps);
  }

  async setBaudRate(baudRate: number): Promise<void> {
    this.#take("baud", baudRate);
  }

  async close(): Promise<void> {
    this.#end("closed");
  }

  abort(): void {
    this.#end("closed");
  }

  #take(kind: string, value: unknown): void {
    const entry = this.#expect(kind, value) as Record<string, unknown>;
    const [expected, actual] = [entry[kind], value].map((part) => JSON.stringify(part));
    if (expected !== actual) throw differs(`${kind} ${expected}`, `${kind} ${actual}`);
    this.#queue.shift();
    this.#deliver();
  }

  /** The next entry, which has to be of that kind. */
  #expect<Kind extends string>(kind: Kind, value: unknown): Extract<TraceEntry, Record<Kind, unknown>> {
    const next = this.#queue[0];
    if (next !== undefined && kind in next) return next as Extract<TraceEntry, Record<Kind, unknown>>;
    throw differs(JSON.stringify(next), `${kind} ${JSON.stringify(value)}`);
  }

  #deliver(): void {
    const next = this.#queue[0];
    if (this.#wake === undefined) return;
    if (this.#ended) this.#settle(undefined);
    else if (next !== undefined && "in" in next) {
      this.#queue.shift();
      this.#settle(Uint8Array.from(Buffer.from(next.in, "hex")));
    } else if (next !== undefined && "end" in next && next.end === "lost") this.#end("lost");
  }

  #settle(bytes: Uint8Array | undefined): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.(bytes);
  }

  #end(reason: TransportEnd["reason"]): void {
    this.#ended = true;
    this.#settle(undefined);
    this.#resolveClosed({ reason });
  }
}

function differs(expected: string, actual: string): Error {
  return new Error(`the record has ${expected.slice(0, 200)}, the program did ${actual.slice(0, 200)}`);
}
