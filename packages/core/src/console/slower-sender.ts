/**
 * What a receiver makes of bytes that were sent more slowly than it listens.
 *
 * A UART samples the line once a bit of its own. Where the sender's bits are longer, no level can be shorter on the line than
 * one of them, and so no run of equal bits in a received byte can be either: that is how text at another rate is told from a
 * program's own output, and from most binary data. At 115200 baud for 74880 no such byte is a CR or LF.
 *
 * @module
 */

/** The line between two edges is off by less than this part of a sample: jitter, and what the rates are off by. */
const JITTER = 0.05;
/** Below this ratio the rates are the same, or too near to each other for runs of bits to tell them apart. */
const LEAST_RATIO = 1.2;

/** Tells of each byte whether it can have come about in this way. */
export type FromSlowerSender = (byte: number) => boolean;

/**
 * @param sent bit/s of the sender
 * @param received bit/s of the receiver
 * @returns `undefined` where bytes alone do not tell: the sender is as fast or faster
 */
export function slowerSender(sent: number, received: number): FromSlowerSender | undefined {
  const ratio = received / sent;
  if (ratio < LEAST_RATIO) return undefined;
  const possible = Array.from({ length: 0x100 }, (_, byte) => isPossible(runsOf(byte), ratio));
  return (byte) => possible[byte];
}

/** Whether each row of neighbouring runs lasts as long as so many bits of the sender's, at least. */
function isPossible(runs: readonly number[], ratio: number): boolean {
  return runs.every((_, first) =>
    runs.slice(first).every((_, more) => {
      const samples = runs.slice(first, first + more + 1).reduce((sum, run) => sum + run, 0);
      return samples >= Math.floor((more + 1) * ratio - JITTER);
    }),
  );
}

/**
 * Lengths of the runs of equal bits that begin and end within a byte, bit 0 first. The first run is left out, for some
 * receivers begin a byte in the middle of a level where they have missed a stop bit, and so is the last, which goes on.
 */
function runsOf(byte: number): number[] {
  const runs: number[] = [];
  let level = 0;
  let length = 1;
  for (let bit = 0; bit < 8; bit++) {
    const next = (byte >> bit) & 1;
    if (next === level) length++;
    else {
      runs.push(length);
      [level, length] = [next, 1];
    }
  }
  return runs.slice(1);
}
