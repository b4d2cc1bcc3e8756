/**
 * Waiting with an end: a deadline on the injected clock, and an abort.
 *
 * @module
 */
import type { AbortSignalLike, Clock } from "../transport.js";

/**
 * Something that is waited for: settles once, and lets go of its timer and its abort listener then. A rejection is for
 * whoever awaits `promise`; where nobody does any more it is not an unhandled one.
 */
export class Waiter<T> {
  readonly promise: Promise<T>;
  #settle!: { resolve(value: T): void; reject(error: unknown): void };
  #cleanup: (() => void)[] = [];
  #settled = false;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.promise.catch(() => {});
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Rejects with `makeError()` unless settled within `timeoutMs`. */
  failAfter(clock: Clock, timeoutMs: number, makeError: () => unknown): this {
    if (!this.#settled) this.#cleanup.push(clock.setTimer(timeoutMs, () => this.reject(makeError())));
    return this;
  }

  /** Rejects with the signal's reason when it is aborted, at once if it already is. */
  failOnAbort(signal: AbortSignalLike | undefined): this {
    if (signal === undefined || this.#settled) return this;
    const abort = () => this.reject(signal.reason);
    if (signal.aborted) abort();
    else {
      signal.addEventListener("abort", abort, { once: true });
      this.#cleanup.push(() => signal.removeEventListener("abort", abort));
    }
    return this;
  }

  resolve(value: T): void {
    if (this.#finish()) this.#settle.resolve(value);
  }

  reject(error: unknown): void {
    if (this.#finish()) this.#settle.reject(error);
  }

  #finish(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    for (const clean of this.#cleanup) clean();
    this.#cleanup = [];
    return true;
  }
}

/** Resolves after `ms` on the clock; rejects with the signal's reason on abort. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignalLike): Promise<void> {
  const waiter = new Waiter<void>().failOnAbort(signal);
  if (!waiter.settled) {
    const cancel = clock.setTimer(ms, () => waiter.resolve());
    waiter.promise.catch(cancel);
  }
  return waiter.promise;
}

/** `promise`, or its rejection by deadline or abort; what it was waiting for goes on unobserved. */
export function within<T>(
  promise: Promise<T>,
  clock: Clock,
  timeoutMs: number,
  makeError: () => unknown,
  signal?: AbortSignalLike,
): Promise<T> {
  const waiter = new Waiter<T>().failOnAbort(signal).failAfter(clock, timeoutMs, makeError);
  promise.then(
    (value) => waiter.resolve(value),
    (error: unknown) => waiter.reject(error),
  );
  return waiter.promise;
}

/** Throws the signal's reason where it is aborted. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw signal.reason;
}
