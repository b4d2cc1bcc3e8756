/** Bits on the line: what a byte looks like as pulses, and what a receiver at another rate makes of it. @module */

/** Start bit, 8 data bits, stop bit. */
export const BITS_PER_BYTE = 10;

/**
 * How far two rates may be apart: the sample of the last bit drifts by 9.5 bit times x the difference. Measured on the
 * genuine loaders, +1.96 % works and +4.0 % does not.
 */
const TOLERANCE = 0.035;

/** Whether a receiver at `to` bit/s understands a sender at `from` bit/s. */
export function ratesMatch(from: number, to: number): boolean {
  return Math.abs(from / to - 1) <= TOLERANCE;
}

/** Milliseconds that `count` bytes take at `baudRate`. */
export function lineMs(count: number, baudRate: number): number {
  return (count * BITS_PER_BYTE * 1000) / baudRate;
}

/** The 10 levels of a byte on the line, bit 0 first: start (0), data from bit 0, stop (1). */
export function frameBits(byte: number): number {
  return (byte << 1) | 0x200;
}

/**
 * What a UART at `to` bit/s receives of bytes sent back to back at `from` bit/s: the line is sampled in the middle of
 * each bit it expects, a wrong stop bit is taken as it comes, and a byte begins at the next falling edge.
 */
export function resample(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const received: number[] = [];
  const total = bytes.length * BITS_PER_BYTE;
  const level = (bit: number): number => {
    const at = Math.floor(bit);
    if (at >= total) return 1;
    return (frameBits(bytes[Math.floor(at / BITS_PER_BYTE)]!) >> (at % BITS_PER_BYTE)) & 1;
  };
  const step = from / to;
  let at = 0;
  while (at < total) {
    at = nextStart(at, total, level);
    if (at >= total) break;
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) byte |= level(at + (bit + 1.5) * step) << bit;
    received.push(byte);
    at += 9.5 * step;
  }
  return Uint8Array.from(received);
}

/** The next falling edge. Before the first bit the line is idle; later a line that is low has to come up first. */
function nextStart(from: number, total: number, level: (bit: number) => number): number {
  let at = from;
  if (from > 0) while (at < total && level(at) === 0) at = Math.floor(at) + 1;
  while (at < total && level(at) === 1) at = Math.floor(at) + 1;
  return at;
}
