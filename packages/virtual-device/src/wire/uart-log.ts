/** Everything that the chip has sent, as text. @module */

/** Bytes that are kept; older ones are forgotten. */
const KEPT_BYTES = 0x40000;

interface Stretch {
  readonly baudRate: number;
  readonly bytes: Uint8Array;
}

/** A bounded record of what left the chip's transmit pin, whether or not a host was there to hear it. */
export class UartLog {
  #stretches: Stretch[] = [];
  #first = 0;
  #bytes = 0;

  /** Keeps the array, not a copy. */
  add(bytes: Uint8Array, baudRate: number): void {
    this.#stretches.push({ bytes, baudRate: Math.round(baudRate) });
    this.#bytes += bytes.length;
    while (this.#bytes > KEPT_BYTES && this.#first < this.#stretches.length - 1) {
      this.#bytes -= this.#stretches[this.#first++]!.bytes.length;
    }
    if (this.#first < 1024) return;
    this.#stretches = this.#stretches.slice(this.#first);
    this.#first = 0;
  }

  /**
   * The text with a line `[74928 baud]` before each change of rate. What is neither printable ASCII nor a line end or tab
   * is written `\xc0`.
   */
  toString(): string {
    let text = "";
    let baudRate: number | undefined;
    for (const stretch of this.#stretches.slice(this.#first)) {
      if (stretch.baudRate !== baudRate) text += `${text === "" ? "" : "\n"}[${stretch.baudRate} baud]\n`;
      baudRate = stretch.baudRate;
      for (const byte of stretch.bytes) text += readable(byte);
    }
    return text;
  }
}

function readable(byte: number): string {
  const isText = (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
  return isText ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
}
