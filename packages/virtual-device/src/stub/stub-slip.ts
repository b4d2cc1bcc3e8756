/** SLIP as the stub's interrupt routine receives it: two buffers, toggled by every delimiter. @module */
import type { Receiver } from "../chip/uart.js";

const END = 0xc0;
const ESC = 0xdb;
const ESC_END = 0xdc;
const ESC_ESC = 0xdd;

/** Header, 16 KiB of payload, 0xFF more. A longer frame is dropped without a word. */
export const FRAME_LIMIT = 8 + 0x4000 + 0xff;
/** The interrupt takes this many bytes out of the FIFO at a time. */
const BATCH = 32;

/** A frame in one of the two buffers, which stays taken until it is released. */
export interface ReceivedFrame {
  readonly packet: Uint8Array;
  /** Gives the buffer back; again is harmless. */
  release(): void;
}

/** What the receiver tells. */
export interface FrameEvents {
  /** A frame is complete. */
  onFrame(): void;
  /** A frame was given up: too long, or a wrong escape. */
  onBroken(): void;
  /** A frame began while both buffers were taken. */
  onOverflow(): void;
}

/** Milliseconds from the last byte on the line to the look at the frame: receive time-out and main loop. */
export const FRAME_MS = 0.5;

interface FrameBuffer {
  readonly bytes: Uint8Array;
  length: number;
  full: boolean;
}

const newBuffer = (): FrameBuffer => ({ bytes: new Uint8Array(FRAME_LIMIT), length: 0, full: false });

/**
 * Each delimiter toggles between inside and outside, an empty frame being forgotten, so one delimiter too many turns
 * every later frame inside out until there is another. A frame that ends, well or badly, takes the rest of its batch
 * with it. While one frame is worked on a second is received; a third finds no buffer and is lost.
 */
export class StubReceiver implements Receiver {
  readonly #events: FrameEvents;
  readonly #buffers = [newBuffer(), newBuffer()] as const;
  /** Frames that are complete, oldest first. */
  readonly #queue: FrameBuffer[] = [];
  #filling: FrameBuffer | undefined;
  #inFrame = false;
  #escaped = false;
  /** Bytes since the line was last idle, which tells where batches end. */
  #burst = 0;

  constructor(events: FrameEvents) {
    this.#events = events;
  }

  idle(): void {
    this.#burst = 0;
  }

  accept(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at++]!;
      this.#burst++;
      if (!this.#put(byte)) continue;
      const rest = (BATCH - (this.#burst % BATCH)) % BATCH;
      const skipped = Math.min(rest, bytes.length - at);
      this.#burst += skipped;
      at += skipped;
      this.#events.onFrame();
      break;
    }
    return at;
  }

  /** The oldest complete frame; `undefined` when there is none. */
  take(): ReceivedFrame | undefined {
    const buffer = this.#queue.shift();
    if (buffer === undefined) return undefined;
    let held = true;
    return {
      packet: buffer.bytes.subarray(0, buffer.length),
      release: () => {
        if (held) buffer.full = false;
        held = false;
      },
    };
  }

  /** Takes one byte; true when it ended a frame, whole or broken. */
  #put(byte: number): boolean {
    if (!this.#inFrame) {
      if (byte === END) this.#begin();
      return false;
    }
    if (this.#escaped) {
      this.#escaped = false;
      if (byte !== ESC_END && byte !== ESC_ESC) return this.#giveUp();
      return this.#keep(byte === ESC_END ? END : ESC);
    }
    if (byte === END) return this.#end();
    if (byte === ESC) {
      this.#escaped = true;
      return false;
    }
    return this.#keep(byte);
  }

  #begin(): void {
    this.#filling = this.#buffers.find((buffer) => !buffer.full);
    if (this.#filling === undefined) {
      this.#events.onOverflow();
      return;
    }
    this.#filling.length = 0;
    this.#inFrame = true;
  }

  #end(): boolean {
    this.#inFrame = false;
    const buffer = this.#filling;
    if (buffer === undefined || buffer.length === 0) return false;
    buffer.full = true;
    this.#queue.push(buffer);
    return true;
  }

  #keep(byte: number): boolean {
    const buffer = this.#filling!;
    if (buffer.length === FRAME_LIMIT) return this.#giveUp();
    buffer.bytes[buffer.length++] = byte;
    return false;
  }

  #giveUp(): boolean {
    this.#inFrame = false;
    this.#escaped = false;
    this.#events.onBroken();
    return true;
  }
}
