/** Received bytes between a port that pushes and one reader that pulls. @module */

/** Bytes that are held for the reader before the port is asked to pause. */
export const HIGH_WATER_BYTES = 0x40000;

/** Who is told of the queue's state. */
export interface ReceiveQueueObserver {
  /** `HIGH_WATER_BYTES` or more are waiting. */
  onFull(): void;
  /** It was full and has been emptied. */
  onRoom(): void;
  /** The port is gone; said once. */
  onLost(detail: string | undefined): void;
  /** That many bytes have left the queue, read or thrown away. */
  onTaken?(byteCount: number): void;
}

/**
 * Chunks in wire order for one reader at a time.
 *
 * `read` hands over all that is waiting as one chunk, so that bytes which came one by one cost no turn each.
 */
export class ReceiveQueue {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #full = false;
  #ended = false;
  #lost: { readonly detail: string | undefined } | undefined;
  #waiting: ((chunk: Uint8Array | undefined) => void) | undefined;
  #observer: ReceiveQueueObserver | undefined;

  /** Tells the observer from now on, and at once what it has missed. */
  observe(observer: ReceiveQueueObserver): void {
    this.#observer = observer;
    if (this.#full) observer.onFull();
    if (this.#lost !== undefined) observer.onLost(this.#lost.detail);
  }

  /** Takes a received chunk, which must not be written to afterwards. An empty one is nothing. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0 || this.#ended) return;
    // A plain view: a Buffer's slice() shares memory where a Uint8Array's copies, and readers rely on the latter.
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    if (this.#waiting !== undefined) {
      this.#answer(bytes);
      this.#observer?.onTaken?.(bytes.length);
      return;
    }
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#full || this.#size < HIGH_WATER_BYTES) return;
    this.#full = true;
    this.#observer?.onFull();
  }

  /** The port is gone by itself: unplugged, hung up, closed by the far end. */
  lose(detail?: string): void {
    if (this.#lost !== undefined || this.#ended) return;
    this.#lost = { detail };
    this.#observer?.onLost(detail);
  }

  /** Nothing more will come; what is waiting can still be read. */
  end(): void {
    this.#ended = true;
    this.#answer(undefined);
  }

  /**
   * All bytes that are waiting, at least 1; waits for some when there are none. `undefined` after the end.
   * @throws Error when another read is pending
   */
  async read(): Promise<Uint8Array | undefined> {
    if (this.#waiting !== undefined) throw new Error("another read of this transport is pending");
    if (this.#size > 0) return this.#takeAll();
    if (this.#ended) return undefined;
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** The printable text at the start of what is waiting, at most `limit` bytes of it; nothing is taken. */
  peekText(limit: number): string {
    const start = join(this.#chunks, this.#size).subarray(0, limit);
    return String.fromCharCode(...start)
      .replace(/[^ -~]+/g, " ")
      .trim();
  }

  /** Throws away what is waiting. */
  clear(): void {
    if (this.#size > 0) this.#takeAll();
  }

  #takeAll(): Uint8Array {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : join(this.#chunks, this.#size);
    this.#chunks = [];
    this.#size = 0;
    this.#observer?.onTaken?.(all.length);
    if (this.#full) {
      this.#full = false;
      this.#observer?.onRoom();
    }
    return all;
  }

  #answer(chunk: Uint8Array | undefined): void {
    const resolve = this.#waiting;
    this.#waiting = undefined;
    resolve?.(chunk);
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
