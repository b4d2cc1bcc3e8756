/** Waiting that ends. @module */
import type { Clock } from "../transport.js";

/**
 * The outcome of `work`, or the error of `late` when that takes longer than `limitMs` milliseconds. The work itself is
 * not stopped: whoever waits must let go of what it holds.
 */
export function within<T>(clock: Clock, limitMs: number, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.setTimer(limitMs, () => reject(late()));
    work.then(resolve, reject).finally(cancel);
  });
}

/**
 * Milliseconds after which a drain of `byteCount` bytes at `baudRate` bit/s is given up: twice what 8N1 (10 bits a
 * byte) takes, and two seconds for the driver and the network between.
 */
export function drainLimitMs(byteCount: number, baudRate: number): number {
  return 2000 + 2 * lineTimeMs(byteCount, baudRate);
}

/** Milliseconds that `byteCount` bytes take on the line at `baudRate` bit/s with 8N1. */
export function lineTimeMs(byteCount: number, baudRate: number): number {
  return (1000 * 10 * byteCount) / baudRate;
}
