/** A board that outlives its terminal's openings, as boards do: a browser opens it again for each rate. @module */
import type { SignalStep, Transport, TransportEnd } from "@flashwright/core";
import type { OpenTransport } from "@flashwright/virtual-device/node";

/** Opens the same transport time and again: what arrives between two openings is there for the next. */
export function lasting(board: Transport): OpenTransport {
  let pending: Promise<Uint8Array | undefined> | undefined;
  const next = () => {
    pending ??= board.read();
    return pending;
  };
  const taken = () => {
    pending = undefined;
  };
  return () => new Opening(board, next, taken);
}

/** One opening; its end is not the board's. */
class Opening implements Transport {
  readonly label: string;
  readonly capabilities: Transport["capabilities"];
  readonly closed: Promise<TransportEnd>;
  #end!: (end: TransportEnd) => void;

  constructor(
    readonly board: Transport,
    readonly next: () => Promise<Uint8Array | undefined>,
    readonly taken: () => void,
  ) {
    this.label = board.label;
    this.capabilities = board.capabilities;
    this.closed = new Promise((resolve) => {
      this.#end = resolve;
    });
    void board.closed.then((end) => this.#end(end));
  }

  async read(): Promise<Uint8Array | undefined> {
    const chunk = await Promise.race([this.next(), this.closed.then(() => "ended" as const)]);
    if (chunk === "ended") return undefined;
    this.taken();
    return chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.board.write(bytes);
  }

  drain(): Promise<void> {
    return this.board.drain();
  }

  discard(): Promise<void> {
    return this.board.discard();
  }

  signal(steps: readonly SignalStep[]): Promise<void> {
    return this.board.signal(steps);
  }

  setBaudRate(baudRate: number): Promise<void> {
    return this.board.setBaudRate(baudRate);
  }

  async close(): Promise<void> {
    this.abort();
  }

  abort(): void {
    this.#end({ reason: "closed" });
  }
}
