/**
 * Cuts a byte stream into lines, however it arrives.
 *
 * @module
 */

/** A line longer than this many bytes is cut there; noise can go on without a line end for ever. */
export const MAX_LINE_SIZE = 256;

/** Collects bytes until a carriage return or line feed, whichever a chip uses; empty lines are dropped. */
export class LineSplitter {
  readonly #pending = new Uint8Array(MAX_LINE_SIZE);
  #size = 0;

  /** The lines that are complete now, without their ends. */
  push(chunk: Uint8Array): Uint8Array[] {
    const lines: Uint8Array[] = [];
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === 0x0a || byte === 0x0d) lines.push(...this.flush());
      else {
        this.#pending[this.#size++] = byte;
        if (this.#size === MAX_LINE_SIZE) lines.push(...this.flush());
      }
    }
    return lines;
  }

  /** What has come of a line so far, as a line; nothing when it is empty. */
  flush(): Uint8Array[] {
    if (this.#size === 0) return [];
    const line = this.#pending.slice(0, this.#size);
    this.#size = 0;
    return [line];
  }
}
