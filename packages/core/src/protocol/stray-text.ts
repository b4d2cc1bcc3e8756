/**
 * What arrives outside frames: boot messages, an application's output, noise. Kept, because it tells why a chip does
 * not answer.
 *
 * @module
 */

/** As much as is kept: a boot log with a register dump fits. */
const KEPT_BYTES = 8192;
/** How a crash of a program on the chip begins, in the ROM's and the SDK's words. */
const CRASH = /(Fatal exception[^\r\n]*|Guru Meditation[^\r\n]*)/;

/** The last bytes outside frames, and what they look like. */
export class StrayText {
  readonly #buffer = new Uint8Array(2 * KEPT_BYTES);
  #size = 0;

  /** Adds a copy of `bytes`; the oldest are forgotten, the last 8 KiB never. */
  add(bytes: Uint8Array): void {
    const fresh = bytes.subarray(Math.max(0, bytes.length - KEPT_BYTES));
    if (this.#size + fresh.length > this.#buffer.length) {
      const kept = KEPT_BYTES - fresh.length;
      this.#buffer.copyWithin(0, this.#size - kept, this.#size);
      this.#size = kept;
    }
    this.#buffer.set(fresh, this.#size);
    this.#size += fresh.length;
  }

  /** Forgets everything. */
  clear(): void {
    this.#size = 0;
  }

  /** A copy of the bytes as they came. */
  get bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#size);
  }

  /** The bytes as text: printable ASCII and line ends; everything else becomes a full stop. */
  get text(): string {
    let text = "";
    for (const byte of this.bytes) {
      text +=
        byte === 0x0a || (byte >= 0x20 && byte < 0x7f) ? String.fromCharCode(byte) : byte === 0x0d ? "" : ".";
    }
    return text;
  }

  /** The first line of a crash report, where there is one. */
  crash(): string | undefined {
    return CRASH.exec(this.text)?.[1];
  }

  /** Share of bytes that are printable text, 0 to 1; text at another baud rate has few. */
  get legibility(): number {
    if (this.#size === 0) return 0;
    let legible = 0;
    for (const byte of this.bytes)
      if (byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte < 0x7f)) legible++;
    return legible / this.#size;
  }
}
