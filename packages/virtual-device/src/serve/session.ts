/** One client's hold on the board: bytes out until it ends, and an end that takes a bounded time. @module */
import type { Transport } from "@flashwright/core";

/** Milliseconds for an orderly end where the options name none. */
export const DEFAULT_RELEASE_TIMEOUT_MS = 1000;

/**
 * Hands everything that the board sends to `write`, one chunk at a time: the board is held back while `write` pends.
 * Resolves when the transport has ended and all that it received was written.
 */
export async function pumpFromBoard(
  transport: Transport,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (;;) {
    const bytes = await transport.read();
    if (bytes === undefined) return;
    await write(bytes);
  }
}

/**
 * Lets go of the board as an operating system does when a port is closed: what was written is sent, both lines fall.
 * Never rejects; a transport that is not done after `timeoutMs` milliseconds is aborted.
 */
export async function releaseTransport(transport: Transport, timeoutMs: number): Promise<void> {
  const inTime = await settlesWithin(releaseInOrder(transport), timeoutMs);
  if (!inTime) transport.abort();
}

async function releaseInOrder(transport: Transport): Promise<void> {
  try {
    await setLines(transport, false);
  } finally {
    await transport.close();
  }
}

/** Sets both lines, or those that the transport has; nothing on one without lines. */
export async function setLines(transport: Transport, asserted: boolean): Promise<void> {
  const { lines } = transport.capabilities;
  if (lines === "none") return;
  await transport.signal([lines === "rts" ? { rts: asserted } : { dtr: asserted, rts: asserted }]);
}

/** Whether a promise settled, either way, within a time in milliseconds. */
export function settlesWithin(promise: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const settled = () => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}

/** The words of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
