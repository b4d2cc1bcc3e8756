/** A write from BEGIN to END, plain or packed. @module */
import { Inflate } from "pako";
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { writeFlash } from "../rom/rom-flash.js";
import { EraseAhead } from "./erase-ahead.js";
import { StubStatus } from "./status.js";

/** The stub inflates into a window of this size and programs it when it is full, or at the end of the stream. */
const WINDOW = 0x8000;

/** Milliseconds per byte inflated, beside the flash's own time: what is left of 160 ms per window. */
const INFLATE_MS_PER_BYTE = 0.6e-3;

/** What BEGIN asked for. */
export interface WriteBegin {
  /** Bytes of flash to write, before packing. */
  readonly size: number;
  readonly offset: number;
  /** The fifth word: a request for encryption, which this chip cannot do; every write then fails. */
  readonly encrypted: boolean;
}

/** Where a write stands. Made by BEGIN, ended by END. */
export class WriteSession {
  readonly #machine: Machine;
  readonly #erase: EraseAhead;
  readonly #encrypted: boolean;
  #offset: number;
  #remaining: number;
  #inflate: Inflate | undefined;
  #ready: Uint8Array[] = [];

  constructor(machine: Machine, begin: WriteBegin) {
    this.#machine = machine;
    this.#offset = begin.offset;
    this.#remaining = begin.size;
    this.#encrypted = begin.encrypted;
    this.#erase = new EraseAhead(machine, begin.offset, begin.size);
  }

  /** Bytes that are still to be written; below 0 when the stream held more than BEGIN said. */
  get remaining(): number {
    return this.#remaining;
  }

  /** BEGIN starts the first erase. */
  *begin(): Routine<StubStatus> {
    return (yield* this.#erase.start()) ? StubStatus.ok : StubStatus.flashFailed;
  }

  /** Plain data; what is beyond the end of the write is cut off. */
  *write(payload: Uint8Array): Routine<StubStatus> {
    return yield* this.#program(payload.subarray(0, Math.max(0, this.#remaining)));
  }

  /**
   * Packed data. Block 0 begins a new stream. Each turn of the stub's loop starts an erase, whether or not the window is
   * full in the end, so erasing runs ahead of programming.
   */
  *writePacked(payload: Uint8Array, sequence: number): Routine<StubStatus> {
    if (sequence === 0 || this.#inflate === undefined) this.#startStream();
    const stream = this.#inflate!;
    stream.push(payload, false);
    if (!(yield* this.#erase.start())) return StubStatus.flashFailed;
    for (const window of this.#ready.splice(0)) {
      yield window.length * INFLATE_MS_PER_BYTE;
      const status = yield* this.#program(window);
      if (status !== StubStatus.ok) return status;
      if (!(yield* this.#erase.start())) return StubStatus.flashFailed;
    }
    return stream.err ? StubStatus.inflateFailed : StubStatus.ok;
  }

  #startStream(): void {
    const inflate = new Inflate({ chunkSize: WINDOW });
    this.#ready = [];
    inflate.onData = (window) => void this.#ready.push(window as Uint8Array);
    this.#inflate = inflate;
  }

  *#program(bytes: Uint8Array): Routine<StubStatus> {
    if (!(yield* this.#erase.upTo(this.#offset + bytes.length))) return StubStatus.flashFailed;
    if (this.#encrypted && bytes.length > 0) return StubStatus.flashFailed;
    if (!(yield* this.#writeAround(bytes))) return StubStatus.flashFailed;
    this.#offset += bytes.length;
    this.#remaining -= bytes.length;
    return StubStatus.ok;
  }

  /**
   * The stub pads the first and last word itself and gives the ROM what lies between from where it lies, which is off a
   * word boundary when the offset is: the ROM's load then raises an exception.
   */
  *#writeAround(bytes: Uint8Array): Routine<boolean> {
    const head = Math.min((4 - (this.#offset % 4)) % 4, bytes.length);
    if (head > 0 && !(yield* writeFlash(this.#machine, this.#offset, bytes.subarray(0, head)))) return false;
    return yield* writeFlash(this.#machine, this.#offset + head, bytes.subarray(head), head);
  }
}
