/** One look at this computer's ports for all who want to know. @module */
import { type Clock, type FlasherError, isFlasherError } from "@flashwright/core";
import { type ListedPort, watchPorts } from "@flashwright/node-transport";

/** Between two looks; a listing starts a program on Linux. */
const INTERVAL_MS = 1000;
/** Until the next try where the system does not list its ports. */
const RETRY_MS = 5000;

/** What a look has shown. */
export type PortsSeen =
  | { readonly ports: readonly ListedPort[] }
  | { readonly ports: undefined; readonly error: FlasherError };

/** Looks again and again between `start` and `stop`, and tells what has changed. */
export class PortWatch {
  readonly #list: () => Promise<readonly ListedPort[]>;
  readonly #clock: Clock;
  readonly #tell: (seen: PortsSeen) => void;
  #stop: AbortController | undefined;
  #cancelRetry: (() => void) | undefined;

  constructor(list: () => Promise<readonly ListedPort[]>, clock: Clock, tell: (seen: PortsSeen) => void) {
    this.#list = list;
    this.#clock = clock;
    this.#tell = tell;
  }

  /** Harmless when it runs. */
  start(): void {
    if (this.#stop !== undefined) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  stop(): void {
    this.#cancelRetry?.();
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      const looks = watchPorts({ signal, clock: this.#clock, intervalMs: INTERVAL_MS, list: this.#list });
      for await (const { ports } of looks) if (!signal.aborted) this.#tell({ ports });
    } catch (error) {
      if (signal.aborted) return;
      if (!isFlasherError(error)) throw error;
      this.#tell({ ports: undefined, error });
      this.#cancelRetry = this.#clock.setTimer(RETRY_MS, () => void this.#run(signal));
    }
  }
}
