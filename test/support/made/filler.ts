/** Bytes that pack and look like compiled code, and bytes with the text of a program, from a seed. @module */

/** Share of stretches that repeat something from shortly before, as instructions do. */
const REPEATING = 0.08;
const REPEAT_LENGTH = 6;
const REPEAT_DISTANCE = 2048;

/** As many bytes as asked for, the same on every run for the same seed; no run of equal bytes is longer than a few. */
export function codeLike(size: number, seed: string): Uint8Array {
  const random = randomWords(seed);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const word = random();
    if (at > REPEAT_DISTANCE && (word & 0xffff) < REPEATING * 0x10000) {
      const from = at - 1 - ((word >>> 16) % (REPEAT_DISTANCE - REPEAT_LENGTH));
      for (let i = 0; i < REPEAT_LENGTH && at < size; i++) bytes[at++] = bytes[from - REPEAT_LENGTH + i]!;
    } else bytes[at++] = (word >>> 8) & ((word & 0x80000000) === 0 ? 0xff : 0x1f);
  }
  return bytes;
}

/** ASCII of a text, with the zero that ends it in a program. */
export function cString(text: string): Uint8Array {
  return ascii(`${text}\0`);
}

/** ASCII of a text. @throws Error for a character that has none */
export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 0x7f) throw new Error(`${JSON.stringify(character)} is not ASCII`);
    return code;
  });
}

/** One after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** 32-bit words, little-endian. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value >>> 0, true);
  return bytes;
}

/** xorshift32 from a text (FNV-1a): the same words everywhere for the same seed. */
export function randomWords(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
