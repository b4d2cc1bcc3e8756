/**
 * The few globals of Node and browsers that this package uses, found at run time, so that it compiles without the types
 * of either.
 *
 * @module
 */

/** What is looked for on `globalThis`. */
export interface PlatformGlobals {
  readonly setTimeout?: (run: () => void, delayMs: number) => unknown;
  readonly clearTimeout?: (timer: unknown) => void;
  readonly setImmediate?: (run: () => void) => unknown;
  readonly MessageChannel?: new () => {
    port1: { onmessage: unknown };
    port2: { postMessage(data: unknown): void };
  };
}

const platform = globalThis as unknown as PlatformGlobals;

/** Calls `fire` after `delayMs` of real time; the returned function cancels that. Without timers it fires at once. */
export function platformTimer(delayMs: number, fire: () => void): () => void {
  if (platform.setTimeout === undefined) {
    fire();
    return () => {};
  }
  const timer = platform.setTimeout(fire, delayMs);
  return () => platform.clearTimeout?.(timer);
}

/**
 * Runs `run` once all that is ready has run: every microtask, and what a turn of the event loop brings. `setImmediate`
 * where there is one, a message to ourselves in browsers, whose nested `setTimeout(0)` waits 4 ms.
 */
export const nextTurn: (run: () => void) => void = chooseNextTurn(platform);

/** The quickest way to the next turn that these globals have. */
export function chooseNextTurn(globals: PlatformGlobals): (run: () => void) => void {
  const { setImmediate, MessageChannel } = globals;
  if (setImmediate !== undefined) return (run) => void setImmediate(run);
  if (MessageChannel === undefined) return (run) => void platformTimer(0, run);
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return (run) => {
    waiting.push(run);
    channel.port2.postMessage(0);
  };
}
