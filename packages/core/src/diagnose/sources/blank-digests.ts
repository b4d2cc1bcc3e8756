/**
 * MD5 of memory that holds one value, by size: what an erased stretch answers with.
 *
 * @module
 */
import { toHex } from "../../bytes.js";
import type { Codecs } from "../../codecs.js";
import { ERASED_BYTE } from "../../flash/geometry.js";

/** Remembers the digests that it made; the same few sizes are asked for again and again. */
export class BlankDigests {
  readonly #digests = new Map<string, string>();

  constructor(readonly codecs: Codecs) {}

  /** MD5 in lower-case hex of `size` bytes of `value`, by default of erased ones. */
  of(size: number, value: number = ERASED_BYTE): string {
    const key = `${size}:${value}`;
    const known = this.#digests.get(key);
    if (known !== undefined) return known;
    const digest = toHex(this.codecs.md5(new Uint8Array(size).fill(value)));
    this.#digests.set(key, digest);
    return digest;
  }
}
