/** Flash content for tests: the same on every run, and never erased by chance. @module */

/** Bytes that nothing packs, from a seed; none is 0xff, so that what was erased can be told from what was there. */
export function noise(size: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = (seed * 0x9e3779b9) >>> 0 || 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = (state >>> 8) % 0xff;
  }
  return bytes;
}

/** Stretches of noise, of text and of erased flash in turn, as firmware has them. */
export function mixedContent(size: number, seed: number): Uint8Array {
  const bytes = noise(size, seed);
  const stretch = 0x3000;
  for (let at = 0; at < size; at += stretch) {
    const kind = (at / stretch) % 3;
    if (kind === 1) for (let i = at; i < Math.min(at + stretch, size); i++) bytes[i] = 0x41 + ((i * i) & 15);
    if (kind === 2) bytes.fill(0xff, at, at + stretch);
  }
  return bytes;
}

/** Where two contents first differ, with both bytes, for a message that says more than "not equal". */
export function firstDifference(
  actual: Uint8Array,
  expected: Uint8Array,
): { offset: string; actual: number | undefined; expected: number | undefined } | undefined {
  if (Buffer.compare(actual, expected) === 0) return undefined;
  const at = actual.findIndex((byte, index) => byte !== expected[index]);
  const offset = at < 0 ? actual.length : at;
  return { offset: `0x${offset.toString(16)}`, actual: actual[offset], expected: expected[offset] };
}

/**
 * The smallest image that the ROM loads: one segment of 16 zeros for IRAM. Programs that are not known to the virtual
 * device run there without a word.
 * @param mode byte 2 of the header: 0 QIO, 1 QOUT, 2 DIO, 3 DOUT
 */
export function bootImage(mode = 2): Uint8Array {
  const image = new Uint8Array(48);
  const view = new DataView(image.buffer);
  image.set([0xe9, 1, mode, 0x40]);
  view.setUint32(4, 0x40100000, true);
  view.setUint32(8, 0x40100000, true);
  view.setUint32(12, 16, true);
  image.fill(0x11, 16, 31);
  image[31] = 0x99;
  image[47] = image.subarray(16, 32).reduce((sum, byte) => sum ^ byte, 0xef);
  return image;
}
