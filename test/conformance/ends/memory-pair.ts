/** A transport that is nothing but memory: the contract in its plainest form, written apart from `QueuedTransport`. @module */
import {
  FlasherError,
  type SignalStep,
  type Transport,
  type TransportCapabilities,
  type TransportEnd,
} from "@flashwright/core";
import { type FarEnd, FarLog, type Pair } from "./far-end.js";
import { LINK_BYTES, Pipe } from "./pipe.js";

class MemoryTransport implements Transport {
  readonly label = "memory";
  readonly capabilities: TransportCapabilities = { lines: "dtr-rts", baudRate: "any" };
  readonly closed: Promise<TransportEnd>;
  readonly inbound = new Pipe();
  readonly outbound = new Pipe();
  readonly #log: FarLog;
  #resolveClosed!: (end: TransportEnd) => void;
  #lines = { dtr: false, rts: false };
  #tail: Promise<unknown> = Promise.resolve();
  #reading = false;
  #end: TransportEnd | undefined;
  #closing = false;
  #rejectAll!: (error: Error) => void;
  readonly #ended: Promise<never>;

  constructor(log: FarLog) {
    this.#log = log;
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#ended = new Promise((_, reject) => {
      this.#rejectAll = reject;
    });
    this.#ended.catch(() => {});
  }

  async read(): Promise<Uint8Array | undefined> {
    if (this.#reading) throw new Error("another read is pending");
    this.#reading = true;
    try {
      while (this.inbound.size === 0 && this.#end === undefined) await this.inbound.turn();
      return this.inbound.size > 0 ? this.inbound.take() : undefined;
    } finally {
      this.#reading = false;
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#next(() => this.outbound.put(bytes));
  }

  drain(): Promise<void> {
    return this.#next(async () => {
      while (this.outbound.size > 0) await this.outbound.turn();
    });
  }

  discard(): Promise<void> {
    return this.#next(async () => void this.inbound.take());
  }

  signal(steps: readonly SignalStep[]): Promise<void> {
    return this.#next(async () => {
      while (this.outbound.size > 0) await this.outbound.turn();
      for (const step of steps) {
        this.#lines = { dtr: step.dtr ?? this.#lines.dtr, rts: step.rts ?? this.#lines.rts };
        if (step.dtr !== undefined || step.rts !== undefined)
          this.#log.lines(this.#lines.dtr, this.#lines.rts);
        if (step.brk !== undefined) this.#log.brk(step.brk);
        await new Promise((resolve) => setTimeout(resolve, step.waitMs ?? 0));
      }
    });
  }

  setBaudRate(baudRate: number): Promise<void> {
    return this.#next(async () => {
      if (!(baudRate > 0)) throw new FlasherError("port-baud-refused", { label: this.label, baudRate });
      while (this.outbound.size > 0) await this.outbound.turn();
      this.#log.baud(baudRate);
    });
  }

  async close(): Promise<void> {
    if (this.#end === undefined && !this.#closing) {
      this.#closing = true;
      const drained = this.#tail.then(async () => {
        while (this.outbound.size > 0) await this.outbound.turn();
      });
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, 1000))]);
      this.finish({ reason: "closed" });
    }
    await this.closed;
  }

  abort(): void {
    this.finish({ reason: "closed" });
  }

  finish(end: TransportEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#rejectAll(this.#error());
    this.outbound.broken = true;
    this.inbound.broken = true;
    this.outbound.wake();
    this.inbound.wake();
    this.#resolveClosed(end);
  }

  #next(work: () => Promise<void>): Promise<void> {
    if (this.#end !== undefined || this.#closing) return Promise.reject(this.#error());
    const call = Promise.race([
      this.#tail.then(() => (this.#end ? Promise.reject(this.#error()) : work())),
      this.#ended,
    ]);
    this.#tail = call.catch(() => {});
    return call;
  }

  #error(): FlasherError {
    return new FlasherError(this.#end?.reason === "lost" ? "port-lost" : "port-closed", {
      label: this.label,
    });
  }
}

/** A transport over memory. Whatever it writes is logged as soon as the far end is not paused. */
export function createMemoryPair(): Pair {
  const log = new FarLog();
  const transport = new MemoryTransport(log);
  let paused = false;
  let accepted = 0;
  void (async () => {
    for (;;) {
      if (transport.outbound.broken) return;
      if (paused || transport.outbound.size === 0) await transport.outbound.turn();
      else log.data(transport.outbound.take());
    }
  })();
  const far: FarEnd = {
    log,
    get acceptedBytes() {
      return accepted;
    },
    async send(bytes, packetSize = LINK_BYTES) {
      for (let at = 0; at < bytes.length; at += packetSize) {
        const packet = bytes.subarray(at, at + packetSize);
        await transport.inbound.put(packet);
        accepted += packet.length;
      }
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      transport.outbound.wake();
    },
    hangUp: async () => transport.finish({ reason: "lost" }),
    release: async () => transport.abort(),
  };
  return { transport, far };
}
