/**
 * Finds the boot ROM's text in the output of a console that runs at another rate.
 *
 * It is found by three facts. Every byte of it can come of a slower sender, see `slowerSender`; a third of it and more is no
 * text; and it is of many kinds, which padding is not. What follows behind a pause, or behind the first byte that cannot be
 * noise, is the program's own and stays, unless it is of the same kind: firmware takes longer to start than any gap in the
 * boot ROM's text.
 *
 * @module
 */
import { characterLength } from "../utf8.js";
import { type FromSlowerSender, slowerSender } from "./slower-sender.js";

/** A part of the output: what a program says, or how much of the boot ROM's text lies between. */
export type OutputPart =
  | { readonly type: "output"; readonly bytes: Uint8Array }
  | { readonly type: "boot-noise"; readonly byteCount: number };

/** Bytes that are looked at together. The boot ROM's first line alone comes as twice as many. */
const WINDOW = 24;
/** Of them, at least so many are no text, and so many different. */
const UNREADABLE = WINDOW / 3;
const KINDS = 4;
/** Behind a late delivery fewer bytes may be left; of them, a third and so many are no text. */
const LEFT_OVER = 3;
/**
 * Milliseconds in which the line carried nothing, from which on it is a pause of the sender's. UNCERTAIN, judged and not
 * measured: that adapters and systems deliver up to about 20 ms late, and that no SDK gets from its start to its own
 * console in less than about 50.
 */
const PAUSE_MS = 40;
const BITS_PER_BYTE = 10;
/** A program that talks at that rate all the time is told of in pieces of this many bytes. */
const LONGEST = 4096;
const NO_BYTES = new Uint8Array(0);

/** An incremental reader of bounded memory. Chunks may be cut anywhere. */
export class BootNoise {
  readonly #bootRate: number;
  readonly #canBeNoise: FromSlowerSender | undefined;
  /** Bytes that are known to be noise and were not told of yet. */
  #noise = 0;
  /** Bytes of which it is not known yet. */
  #held: number[] = [];
  /** Whether they stand right behind noise: readable ones may still be the end of it. */
  #isTail = false;
  #output: number[] = [];
  #parts: OutputPart[] = [];

  /**
   * @param bootRate bit/s of the boot ROM's text
   * @param baudRate bit/s of the console; where the two are alike, or this one is lower, everything is output
   */
  constructor(bootRate: number, baudRate: number) {
    this.#bootRate = bootRate;
    this.#canBeNoise = slowerSender(bootRate, baudRate);
  }

  /** Whether the latest bytes are boot text, as far as is known. */
  get isNoise(): boolean {
    return this.#noise > 0 && this.#isTail;
  }

  /** @param sinceMs milliseconds since the chunk before */
  push(chunk: Uint8Array, sinceMs = 0): OutputPart[] {
    if (this.#canBeNoise === undefined) return chunk.length === 0 ? [] : [{ type: "output", bytes: chunk }];
    if (sinceMs - (chunk.length * BITS_PER_BYTE * 1000) / this.#bootRate >= PAUSE_MS) this.#pause();
    for (const byte of chunk) this.#take(byte, this.#canBeNoise(byte));
    // Keys that are echoed are to be seen at once.
    if (this.#noise === 0 && isText(this.#held)) this.#releaseHeld();
    return this.#takeParts();
  }

  /** What is held back: call it when nothing has come for a while, and at the end. */
  flush(): OutputPart[] {
    if (this.#isTail) this.#countHeld();
    this.#settleHeld();
    this.#releaseHeld();
    return this.#takeParts();
  }

  #take(byte: number, canBeNoise: boolean): void {
    if (canBeNoise) {
      this.#held.push(byte);
      this.#judge();
    } else if (this.#isTail && !isText([byte])) this.#countHeld(1);
    else {
      this.#settleHeld();
      this.#releaseHeld();
      this.#output.push(byte);
    }
  }

  /** Decides on what is held as soon as it can be. */
  #judge(): void {
    if (this.#isTail && !isText(this.#held)) this.#countHeld();
    else if (this.#noise > 0 && isNoise(this.#held)) this.#countHeld();
    else if (this.#held.length === WINDOW) this.#judgeWindow();
    if (this.#noise >= LONGEST) this.#tellNoise();
  }

  #judgeWindow(): void {
    if (isNoise(this.#held)) this.#countHeld();
    else if (this.#noise > 0) this.#releaseHeld();
    else this.#output.push(...this.#held.splice(0, 1));
  }

  /** The sender has paused: what came right before belongs to what came before it. */
  #pause(): void {
    if (this.#isTail) this.#countHeld();
    else if (this.#noise > 0) this.#settleHeld();
    this.#isTail = false;
  }

  #countHeld(more = 0): void {
    this.#tellOutput();
    this.#noise += this.#held.length + more;
    this.#held = [];
    this.#isTail = true;
  }

  /** What came behind a pause in noise, and is over: a rest of the noise, or output. */
  #settleHeld(): void {
    const count = unreadable(this.#held);
    const isRest = this.#noise > 0 && count >= LEFT_OVER && count * 3 >= this.#held.length;
    if (isRest) this.#countHeld();
    else this.#releaseHeld();
  }

  /** What is held is output. */
  #releaseHeld(): void {
    if (this.#held.length === 0 && this.#noise === 0) return;
    this.#tellNoise();
    this.#output.push(...this.#held);
    this.#held = [];
    this.#isTail = false;
  }

  #tellNoise(): void {
    if (this.#noise === 0) return;
    this.#parts.push({ type: "boot-noise", byteCount: this.#noise });
    this.#noise = 0;
  }

  #tellOutput(): void {
    if (this.#output.length > 0) this.#parts.push({ type: "output", bytes: Uint8Array.from(this.#output) });
    this.#output = [];
  }

  #takeParts(): OutputPart[] {
    this.#tellOutput();
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }
}

function isNoise(bytes: readonly number[]): boolean {
  return unreadable(bytes) >= UNREADABLE && new Set(bytes).size >= KINDS;
}

function isText(bytes: readonly number[]): boolean {
  return unreadable(bytes) === 0;
}

/** How many bytes are neither printable, nor UTF-8, nor what programs move a cursor with. */
function unreadable(values: readonly number[]): number {
  const bytes = values.length === 0 ? NO_BYTES : Uint8Array.from(values);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length === 0 || (length === 1 && isControl(bytes[at]))) count++;
    at += Math.max(1, length);
  }
  return count;
}

/** BS, TAB, LF, CR and ESC are what consoles edit their lines with. */
function isControl(byte: number): boolean {
  const isEditing = byte === 0x08 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x1b;
  return (byte < 0x20 && !isEditing) || byte === 0x7f;
}
