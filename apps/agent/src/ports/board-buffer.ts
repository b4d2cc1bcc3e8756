/** What a board has sent and a client has not taken yet, with the gaps in it. @module */
import { agentLimits } from "@flashwright/web-transport/agent-protocol";

const FIRST_SIZE = 0x10000;
/** Room that must be there before bytes are kept again after a gap, so that a slow reader gets few gaps and not many. */
const ROOM_AFTER_GAP = agentLimits.frameBytes;

/** Bytes that came and found no room. */
interface Gap {
  /** Count of the kept bytes before it, since the beginning. */
  readonly after: number;
  droppedBytes: number;
}

/** The next part of what came: bytes, or the place where some are missing. */
export type Part = { readonly bytes: Uint8Array } | { readonly droppedBytes: number };

/**
 * A ring of at most `agentLimits.bufferBytes`. Single bytes cost a byte each here, and no more gaps fit in than frames,
 * so its size is bounded whatever comes and however slowly it is taken.
 */
export class BoardBuffer {
  #ring = new Uint8Array(FIRST_SIZE);
  /** Counts of all bytes ever kept and ever taken out. */
  #in = 0;
  #out = 0;
  #gaps: Gap[] = [];

  get isEmpty(): boolean {
    return this.#in === this.#out && this.#gaps.length === 0;
  }

  /** Bytes that wait. */
  get size(): number {
    return this.#in - this.#out;
  }

  /** Keeps a copy of the bytes as far as there is room. */
  push(bytes: Uint8Array): void {
    const room = agentLimits.bufferBytes - this.size;
    const open = this.#gaps.at(-1);
    const inGap = open !== undefined && open.after === this.#in && room < ROOM_AFTER_GAP;
    const kept = inGap ? 0 : Math.min(room, bytes.length);
    this.#keep(bytes.subarray(0, kept));
    this.#drop(bytes.length - kept);
  }

  /** Takes out the next part, bytes in a copy of at most `limit`; `undefined` when there is none, or no byte is allowed. */
  next(limit: number): Part | undefined {
    const gap = this.#gaps[0];
    if (gap !== undefined && gap.after === this.#out) {
      this.#gaps.shift();
      return { droppedBytes: gap.droppedBytes };
    }
    const count = Math.min(limit, (gap?.after ?? this.#in) - this.#out);
    if (count <= 0) return undefined;
    const bytes = this.#copy(count);
    this.#out += count;
    return { bytes };
  }

  /** Throws away all of it. */
  clear(): void {
    this.#out = this.#in;
    this.#gaps = [];
  }

  #keep(bytes: Uint8Array): void {
    if (this.size + bytes.length > this.#ring.length) this.#grow(this.size + bytes.length);
    const at = this.#in % this.#ring.length;
    const untilEnd = bytes.subarray(0, this.#ring.length - at);
    this.#ring.set(untilEnd, at);
    this.#ring.set(bytes.subarray(untilEnd.length), 0);
    this.#in += bytes.length;
  }

  #drop(count: number): void {
    if (count === 0) return;
    const last = this.#gaps.at(-1);
    if (last !== undefined && last.after === this.#in) last.droppedBytes += count;
    else this.#gaps.push({ after: this.#in, droppedBytes: count });
  }

  #grow(needed: number): void {
    let size = this.#ring.length;
    while (size < needed) size *= 2;
    const waiting = this.#copy(this.size);
    this.#ring = new Uint8Array(size);
    const at = this.#out % size;
    this.#ring.set(waiting.subarray(0, size - at), at);
    this.#ring.set(waiting.subarray(size - at), 0);
  }

  #copy(count: number): Uint8Array {
    const at = this.#out % this.#ring.length;
    const untilEnd = Math.min(count, this.#ring.length - at);
    const bytes = new Uint8Array(count);
    bytes.set(this.#ring.subarray(at, at + untilEnd));
    bytes.set(this.#ring.subarray(0, count - untilEnd), untilEnd);
    return bytes;
  }
}
