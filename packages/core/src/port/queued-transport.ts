/** The transport contract once, over any kind of port. @module */
import { FlasherError } from "../errors.js";
import type { Clock, SignalStep, Transport, TransportCapabilities, TransportEnd } from "../transport.js";
import { drainLimitMs, within } from "./deadline.js";
import type { Lines, PortDriver } from "./port-driver.js";
import type { ReceiveQueue } from "./receive-queue.js";

/** How long `close` lets written bytes leave. */
const CLOSE_DRAIN_MS = 1000;
/** How long the operating system may take to let go of a port. */
const RELEASE_MS = 2000;
/** How long lines or a rate may take to be set; a network server has its own, shorter limit below this one. */
const CONTROL_MS = 5000;

/** The parts of a `QueuedTransport`. */
export interface QueuedTransportParts {
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  readonly driver: PortDriver;
  /** The queue that the driver fills. */
  readonly received: ReceiveQueue;
  readonly clock: Clock;
  /** The rate at which the port was opened, bit/s. */
  readonly baudRate: number;
}

/**
 * Runs the calls of a transport one after the other on a driver, each within a deadline, and ends them all when the
 * port ends.
 */
export class QueuedTransport implements Transport {
  readonly label: string;
  readonly capabilities: TransportCapabilities;
  readonly closed: Promise<TransportEnd>;

  readonly #driver: PortDriver;
  readonly #received: ReceiveQueue;
  readonly #clock: Clock;
  readonly #resolveClosed: (end: TransportEnd) => void;
  #baudRate: number;
  #lines: Lines = { dtr: false, rts: false, brk: false };
  /** Bytes handed over since the last drain. */
  #undrained = 0;
  #tail: Promise<void> = Promise.resolve();
  /** Rejects the call that is running. */
  #interrupt: ((error: Error) => void) | undefined;
  #cancelSleep: (() => void) | undefined;
  #closing: Promise<void> | undefined;
  #end: TransportEnd | undefined;

  constructor(parts: QueuedTransportParts) {
    this.label = parts.label;
    this.capabilities = parts.capabilities;
    this.#driver = parts.driver;
    this.#received = parts.received;
    this.#clock = parts.clock;
    this.#baudRate = parts.baudRate;
    let resolveClosed!: (end: TransportEnd) => void;
    this.closed = new Promise((resolve) => {
      resolveClosed = resolve;
    });
    this.#resolveClosed = resolveClosed;
    this.#received.observe({
      onFull: () => this.#driver.pause(),
      onRoom: () => this.#driver.resume(),
      onTaken: (byteCount) => this.#driver.taken?.(byteCount),
      onLost: (detail) => void this.#finish({ reason: "lost", ...(detail === undefined ? {} : { detail }) }),
    });
  }

  read(): Promise<Uint8Array | undefined> {
    return this.#received.read();
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#enqueue(async () => {
      if (bytes.length === 0) return;
      this.#undrained += bytes.length;
      await this.#driver.write(bytes);
    });
  }

  drain(): Promise<void> {
    return this.#enqueue(() => this.#drainNow());
  }

  discard(): Promise<void> {
    // At once for what is here, so that a port that was paused flows; in order for what the port still holds.
    this.#received.clear();
    return this.#enqueue(async () => {
      await this.#drainNow();
      await this.#control(this.#driver.discard());
      this.#received.clear();
    });
  }

  signal(steps: readonly SignalStep[]): Promise<void> {
    return this.#enqueue(async () => {
      if (this.capabilities.lines === "none")
        throw new FlasherError("port-lines-missing", { label: this.label });
      if (this.#driver.signal !== undefined) {
        const waitsMs = steps.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0);
        await this.#control(this.#driver.signal(steps), CONTROL_MS + waitsMs);
        return;
      }
      for (const step of steps) await this.#runStep(step);
    });
  }

  setBaudRate(baudRate: number): Promise<void> {
    return this.#enqueue(async () => {
      if (!Number.isInteger(baudRate) || baudRate <= 0) {
        throw new FlasherError("port-baud-refused", { label: this.label, baudRate });
      }
      await this.#drainNow();
      await this.#control(this.#driver.setBaudRate(baudRate));
      this.#baudRate = baudRate;
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeInOrder();
    return this.#closing;
  }

  abort(): void {
    void this.#finish({ reason: "closed" });
  }

  /** Runs `work` after all calls before it; rejects as soon as the transport ends. */
  #enqueue(work: () => Promise<void>): Promise<void> {
    if (this.#closing !== undefined || this.#end !== undefined) return Promise.reject(this.#endError());
    const call = this.#tail.then(() => this.#run(work));
    this.#tail = call.catch(() => {});
    return call;
  }

  #run(work: () => Promise<void>): Promise<void> {
    if (this.#end !== undefined) return Promise.reject(this.#endError());
    return new Promise<void>((resolve, reject) => {
      this.#interrupt = reject;
      work().then(resolve, (error) => reject(this.#end === undefined ? error : this.#endError()));
    });
  }

  async #runStep({ dtr, rts, brk, waitMs = 0 }: SignalStep): Promise<void> {
    if (dtr !== undefined || rts !== undefined || brk !== undefined) {
      const before = this.#lines;
      const lines = { dtr: dtr ?? before.dtr, rts: rts ?? before.rts, brk: brk ?? before.brk };
      // What was written before must not be cut off, nor arrive after, a reset that was asked for after it.
      await this.#drainNow();
      await this.#control(this.#driver.setLines(lines));
      this.#lines = lines;
    }
    if (waitMs > 0) await this.#sleep(waitMs);
  }

  /** Waits on the clock; the timer goes with the transport, so that it keeps no ended program alive. */
  #sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#cancelSleep = this.#clock.setTimer(delayMs, resolve);
    });
  }

  async #drainNow(): Promise<void> {
    const byteCount = this.#undrained;
    if (byteCount === 0) return;
    const limitMs = drainLimitMs(Math.min(byteCount, this.#driver.bufferBytes), this.#baudRate);
    await within(this.#clock, limitMs, this.#driver.drain(), () =>
      this.#failed(`what was written did not leave within ${Math.round(limitMs)} ms`),
    );
    this.#undrained = 0;
  }

  #control(work: Promise<void>, limitMs = CONTROL_MS): Promise<void> {
    return within(this.#clock, limitMs, work, () => this.#failed(`no answer within ${limitMs} ms`));
  }

  async #closeInOrder(): Promise<void> {
    if (this.#end === undefined) {
      const leave = this.#tail.then(() => this.#run(() => this.#drainNow()));
      const left = await within(this.#clock, CLOSE_DRAIN_MS, leave, () => new Error("late")).then(
        () => true,
        () => false,
      );
      void this.#finish({ reason: "closed" }, { dropUnsent: !left });
    }
    await this.closed;
  }

  /** The one way to the end: settles every pending call, lets go of the port, then tells. */
  async #finish(end: TransportEnd, options = { dropUnsent: true }): Promise<void> {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#interrupt?.(this.#endError());
    this.#cancelSleep?.();
    this.#received.end();
    const released = this.#driver.release(options);
    await within(this.#clock, RELEASE_MS, released, () => new Error("late")).catch(() => {});
    this.#resolveClosed(end);
  }

  #endError(): FlasherError {
    const lost = this.#end?.reason === "lost";
    const cause = this.#end?.detail === undefined ? undefined : new Error(this.#end.detail);
    return new FlasherError(lost ? "port-lost" : "port-closed", { label: this.label }, { cause });
  }

  #failed(detail: string): FlasherError {
    return new FlasherError("port-failed", { label: this.label, detail });
  }
}
