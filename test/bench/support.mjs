/** What every part of the benchmark shares. @module */
import { connect, esp8266, planFlash } from "@flashwright/core";

export const MIB = 0x100000;

/** Bytes that do not compress, the same in every run. */
export function noise(size, seed = 1) {
  let state = seed;
  return Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
}

/** Bytes that compress to about 70 %, as firmware does: three-byte words of a skewed vocabulary, and a byte of noise. */
export function firmwareLike(size, seed = 1) {
  const vocabulary = noise(3 * 512, seed);
  const chance = noise(2 * Math.ceil(size / 4), seed + 1);
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 4) {
    const draw = (chance[at / 2] / 256) ** 2;
    const word = 3 * Math.floor(draw * 500 + (chance[at / 2 + 1] & 7));
    bytes.set(vocabulary.subarray(word, word + 3), at);
    bytes[at + 3] = chance[at / 2 + 1] & 0x3f;
  }
  return bytes;
}

/** A plan for one image that fills whole sectors. */
export function planFor(session, bytes, offset) {
  const chip = { mac: session.chip.mac, flashSize: session.flashSize, loader: session.loader.kind };
  return planFlash({ target: esp8266, chip, images: [{ name: "bench", offset, bytes }] });
}

export function connectTo(transport, clock, options = {}) {
  return connect(transport, { target: esp8266, clock, ...options });
}

/** One line: what, value, aim. */
export function report(what, value, aim = "") {
  console.log(`  ${what.padEnd(58)} ${value.padStart(16)}  ${aim}`);
}

export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
export const percent = (part) => `${part >= 0 ? "+" : ""}${(part * 100).toFixed(1)} %`;
