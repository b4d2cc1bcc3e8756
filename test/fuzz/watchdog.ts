/**
 * A watch over cases that never come to an end: no timeout of a test runner ends a loop that never gives up its thread.
 *
 * @module
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** What the watch says where it ends the process, and when it does. */
export interface WatchdogOptions {
  /** Names, for the message. */
  readonly targets: readonly string[];
  readonly seed: number;
  /** A case that takes longer ends the process with SIGKILL, after a message and its input in a file. Milliseconds. */
  readonly limitMs: number;
}

/** A watch that runs. */
export interface Watchdog {
  /** Runs a case under the watch. @param target index in `targets` */
  watch<T>(target: number, input: Uint8Array, run: () => Promise<T>): Promise<T>;
  stop(): Promise<unknown>;
}

/** Longer inputs are cut in the file, not for the case. */
const LONGEST_INPUT = 4 * 2 ** 20;

/** Starts the watch, in a thread of its own. */
export async function startWatchdog(options: WatchdogOptions): Promise<Watchdog> {
  /** The case that runs, by a number of its own, and 0 between cases; its target; the size of its input. */
  const state = new Int32Array(new SharedArrayBuffer(12));
  const input = new Uint8Array(new SharedArrayBuffer(LONGEST_INPUT));
  const thread = new Worker(new URL("./watchdog-thread.mjs", import.meta.url), {
    workerData: { ...options, state, input },
  });
  await once(thread, "message");
  let cases = 0;
  return {
    async watch(target, bytes, run) {
      const kept = bytes.subarray(0, LONGEST_INPUT);
      input.set(kept);
      Atomics.store(state, 1, target);
      Atomics.store(state, 2, kept.length);
      cases += 1;
      Atomics.store(state, 0, cases);
      try {
        return await run();
      } finally {
        Atomics.store(state, 0, 0);
      }
    },
    stop: () => thread.terminate(),
  };
}
