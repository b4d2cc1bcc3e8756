/**
 * SLIP framing (RFC 1055 with a delimiter at both ends), linear in both directions.
 *
 * @module
 */

/** Delimiter at both ends of a frame. */
export const FRAME_END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;

/** The size of `packet` as a frame, delimiters and escapes included. */
export function frameSize(packet: Uint8Array): number {
  let size = packet.length + 2;
  for (let i = 0; i < packet.length; i++) {
    if (packet[i] === FRAME_END || packet[i] === ESCAPE) size++;
  }
  return size;
}

/**
 * Writes `packet` as a frame into `target` from `offset`.
 * @returns the offset behind the frame; `target` must have room for `frameSize(packet)` bytes
 */
export function encodeFrameInto(target: Uint8Array, offset: number, packet: Uint8Array): number {
  let at = offset;
  target[at++] = FRAME_END;
  for (let i = 0; i < packet.length; i++) {
    const byte = packet[i];
    if (byte === FRAME_END) {
      target[at++] = ESCAPE;
      target[at++] = ESCAPED_END;
    } else if (byte === ESCAPE) {
      target[at++] = ESCAPE;
      target[at++] = ESCAPED_ESCAPE;
    } else {
      target[at++] = byte;
    }
  }
  target[at++] = FRAME_END;
  return at;
}

/** The packet as one frame. */
export function encodeFrame(packet: Uint8Array): Uint8Array {
  const frame = new Uint8Array(frameSize(packet));
  encodeFrameInto(frame, 0, packet);
  return frame;
}

/** The packets as frames one behind the other, for one write. */
export function encodeFrames(packets: readonly Uint8Array[]): Uint8Array {
  const frames = new Uint8Array(packets.reduce((size, packet) => size + frameSize(packet), 0));
  let offset = 0;
  for (const packet of packets) offset = encodeFrameInto(frames, offset, packet);
  return frames;
}

/** What a `SlipDecoder` reports, synchronously and in wire order. */
export interface SlipSink {
  /** The first byte of a packet has arrived; the rest may still be on the line. */
  frameBegins?(): void;
  /** A whole packet. The view is valid only until the call returns. */
  frame(packet: Uint8Array): void;
  /** Bytes outside any frame: boot messages, noise. The view is valid only until the call returns. */
  stray?(bytes: Uint8Array): void;
  /** A frame was given up: an invalid escape, or longer than the limit. */
  badFrame?(reason: "escape" | "too-long", size: number): void;
}

/**
 * Takes chunks of any size and reports whole packets. One buffer of `limit` bytes is all that it holds, however
 * long a hostile frame is. An empty frame (two delimiters in a row) is none, so a stray delimiter between frames does
 * no harm; text that follows a lost delimiter is taken for a frame until the next one.
 */
export class SlipDecoder {
  readonly #buffer: Uint8Array;
  #size = 0;
  #inFrame = false;
  #escaped = false;
  #broken = false;

  /** @param limit the longest packet in bytes, escapes undone */
  constructor(limit: number) {
    this.#buffer = new Uint8Array(limit);
  }

  /** Forgets a half-received frame. */
  reset(): void {
    this.#size = 0;
    this.#inFrame = false;
    this.#escaped = false;
    this.#broken = false;
  }

  /** Takes the next chunk; `sink` is called for all that became complete in it. */
  push(chunk: Uint8Array, sink: SlipSink): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#inFrame ? this.#inside(chunk, at, sink) : this.#outside(chunk, at, sink);
  }

  #outside(chunk: Uint8Array, start: number, sink: SlipSink): number {
    const found = chunk.indexOf(FRAME_END, start);
    const end = found < 0 ? chunk.length : found;
    if (end > start) sink.stray?.(chunk.subarray(start, end));
    this.#inFrame = found >= 0;
    return end + 1;
  }

  #inside(chunk: Uint8Array, start: number, sink: SlipSink): number {
    const buffer = this.#buffer;
    let size = this.#size;
    let escaped = this.#escaped;
    let at = start;
    for (; at < chunk.length; at++) {
      let byte = chunk[at];
      if (byte === FRAME_END) break;
      if (escaped) {
        escaped = false;
        if (byte === ESCAPED_END) byte = FRAME_END;
        else if (byte === ESCAPED_ESCAPE) byte = ESCAPE;
        else this.#giveUp("escape", size, sink);
      } else if (byte === ESCAPE) {
        escaped = true;
        if (size === 0) sink.frameBegins?.();
        continue;
      } else if (size === 0) sink.frameBegins?.();
      if (size < buffer.length) buffer[size++] = byte;
      else this.#giveUp("too-long", size, sink);
    }
    this.#size = size;
    this.#escaped = escaped;
    return at < chunk.length ? this.#end(at, sink) : at;
  }

  #giveUp(reason: "escape" | "too-long", size: number, sink: SlipSink): void {
    if (!this.#broken) sink.badFrame?.(reason, size);
    this.#broken = true;
  }

  #end(at: number, sink: SlipSink): number {
    const whole = !this.#broken && !this.#escaped && this.#size > 0;
    if (this.#escaped) this.#giveUp("escape", this.#size, sink);
    // An empty frame means that this delimiter opened one rather than closed it: stay inside.
    const closed = this.#size > 0 || this.#broken;
    const packet = this.#buffer.subarray(0, this.#size);
    this.#size = 0;
    this.#escaped = false;
    this.#broken = false;
    this.#inFrame = !closed;
    if (whole) sink.frame(packet);
    return at + 1;
  }
}
