/** SLIP as the ROM speaks it: a receive ring, a decoder that forgives, a sender. @module */
import type { Receiver } from "../chip/uart.js";
import { PACKET_LIMIT } from "./addresses.js";

const END = 0xc0;
const ESC = 0xdb;
const ESC_END = 0xdc;
const ESC_ESC = 0xdd;
const RING_SIZE = 256;

/** A packet as a frame: delimiters at both ends, escapes inside. */
export function frame(packet: Uint8Array): Uint8Array {
  let escapes = 0;
  for (const byte of packet) if (byte === END || byte === ESC) escapes++;
  const framed = new Uint8Array(packet.length + escapes + 2);
  let at = 0;
  framed[at++] = END;
  for (const byte of packet) {
    if (byte === END || byte === ESC) {
      framed[at++] = ESC;
      framed[at++] = byte === END ? ESC_END : ESC_ESC;
    } else framed[at++] = byte;
  }
  framed[at] = END;
  return framed;
}

/**
 * Bytes before the first delimiter are dropped, an empty frame is none, an unknown escape stands for its second byte, and
 * what is beyond 0x2000 bytes is dropped. While the processor is busy, bytes wait in a ring of 256 that nobody guards:
 * the 257th overwrites the first, and 256 bytes are gone at once.
 */
export class RomReceiver implements Receiver {
  readonly #packet: Uint8Array;
  readonly #ring = new Uint8Array(RING_SIZE);
  readonly #isBusy: () => boolean;
  readonly #onFrame: () => void;
  readonly #onOverflow: (lost: number) => void;
  #ringCount = 0;
  #ringEnd = 0;
  #inFrame = false;
  #escaped = false;
  #length = 0;
  #complete = false;

  /** `packet` is the packet buffer in RAM, filled in place; `onFrame` is called when it holds a whole packet. */
  constructor(
    packet: Uint8Array,
    isBusy: () => boolean,
    onFrame: () => void,
    onOverflow: (lost: number) => void,
  ) {
    this.#packet = packet;
    this.#isBusy = isBusy;
    this.#onFrame = onFrame;
    this.#onOverflow = onOverflow;
  }

  accept(bytes: Uint8Array, from: number): number {
    if (this.#complete || this.#isBusy()) return this.#store(bytes, from);
    const end = this.#decode(bytes, from);
    if (this.#complete) this.#onFrame();
    return end;
  }

  /** The length of a complete packet, which the caller now owns until it asks again; `undefined` when there is none yet. */
  take(): number | undefined {
    if (!this.#complete) this.#decodeRing();
    if (!this.#complete) return undefined;
    this.#complete = false;
    return Math.min(this.#length, PACKET_LIMIT);
  }

  #decodeRing(): void {
    while (this.#ringCount > 0 && !this.#complete) {
      const at = (this.#ringEnd - this.#ringCount + RING_SIZE) % RING_SIZE;
      this.#ringCount--;
      this.#put(this.#ring[at]!);
    }
  }

  #store(bytes: Uint8Array, from: number): number {
    for (let i = from; i < bytes.length; i++) {
      this.#ring[this.#ringEnd] = bytes[i]!;
      this.#ringEnd = (this.#ringEnd + 1) % RING_SIZE;
      this.#ringCount++;
      if (this.#ringCount <= RING_SIZE) continue;
      this.#ringCount -= RING_SIZE;
      this.#onOverflow(RING_SIZE);
    }
    return bytes.length;
  }

  #decode(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && !this.#complete) this.#put(bytes[at++]!);
    return at;
  }

  #put(byte: number): void {
    if (!this.#inFrame) {
      if (byte === END) this.#begin();
    } else if (byte === END) {
      if (this.#length === 0) {
        this.#begin();
        return;
      }
      this.#inFrame = false;
      this.#complete = true;
    } else if (this.#escaped) {
      this.#escaped = false;
      this.#keep(byte === ESC_END ? END : byte === ESC_ESC ? ESC : byte);
    } else if (byte === ESC) this.#escaped = true;
    else this.#keep(byte);
  }

  #begin(): void {
    this.#inFrame = true;
    this.#escaped = false;
    this.#length = 0;
  }

  #keep(byte: number): void {
    if (this.#length < PACKET_LIMIT) this.#packet[this.#length] = byte;
    this.#length++;
  }
}
