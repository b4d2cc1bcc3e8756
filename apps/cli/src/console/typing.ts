/** What is typed on the keyboard, on its way to the board. @module */
import { type AbortSignalLike, type Clock, sleep, type Transport } from "@flashwright/core";
import type { Keyboard } from "../world.js";

/** Ctrl-], the key that ends the console; it never goes to the board. */
export const END_KEY = 0x1d;

/** From a pipe more comes at once than a board can take: bytes, and milliseconds between them. */
const BURST = 64;
const PAUSE_MS = 10;

/** How typing ended. */
export type TypingEnd =
  /** The key that ends the console. */
  | "key"
  /** The end of a file or pipe that held something. */
  | "end"
  /** The end of one that was empty: there is nothing to type, and nothing to end for. */
  | "nothing";

/**
 * Reads the keyboard to its end.
 * @param transport the one to type to now; while there is none, what is typed is lost
 */
export async function typeAll(
  keyboard: Keyboard,
  transport: () => Transport | undefined,
  clock: Clock,
  signal: AbortSignalLike,
): Promise<TypingEnd> {
  let isAny = false;
  for (;;) {
    const keys = await keyboard.read();
    if (keys === undefined) return isAny ? "end" : "nothing";
    isAny = true;
    const end = keyboard.isTTY ? keys.indexOf(END_KEY) : -1;
    await type(end < 0 ? keys : keys.subarray(0, end), transport, clock, signal);
    if (end >= 0) return "key";
  }
}

async function type(
  keys: Uint8Array,
  transport: () => Transport | undefined,
  clock: Clock,
  signal: AbortSignalLike,
): Promise<void> {
  for (let at = 0; at < keys.length; at += BURST) {
    const port = transport();
    // A port that is lost while it is written to ends the reading as well, which tells of it.
    await port?.write(keys.subarray(at, at + BURST)).catch(() => {});
    if (at + BURST < keys.length) await sleep(clock, PAUSE_MS, signal);
  }
}
