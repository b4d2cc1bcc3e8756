/**
 * The loader's last replies, in front of the text of the program that it starts.
 *
 * @module
 */
import { concat } from "../bytes.js";
import { FRAME_END } from "../protocol/slip.js";

/** A reply has 10 bytes before escaping; what is longer than this is text behind a stray delimiter. */
const LONGEST_REPLY = 32;

/** Takes the frames off the front of a byte stream, and lets everything pass from the first byte that is in none. */
export class LeadingReplies {
  /** A frame that has begun, in pieces as long as it may still be one. */
  #frame: number[] = [];
  #over = false;

  /** What of the chunk belongs to the text. */
  strip(chunk: Uint8Array): Uint8Array {
    if (this.#over) return chunk;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#takes(chunk[at])) continue;
      this.#over = true;
      return concat([new Uint8Array(this.#frame), chunk.subarray(at)]);
    }
    return new Uint8Array(0);
  }

  #takes(byte: number): boolean {
    if (this.#frame.length === 0 && byte !== FRAME_END) return false;
    if (this.#frame.length === LONGEST_REPLY) return false;
    this.#frame.push(byte);
    if (byte === FRAME_END && this.#frame.length > 2) this.#frame = [];
    return true;
  }
}
