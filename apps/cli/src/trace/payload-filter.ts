/**
 * Which bytes on the port are content of the flash: what was read from it, and what is written to it. They may be passwords,
 * and a trace is for others to read.
 *
 * Follows the frames of the protocol in both directions. Hidden are the data of READ_FLASH with the digest behind them, and
 * the data of FLASH_DATA and FLASH_DEFL_DATA. Commands, their headers, answers and all text of a board that boots are shown.
 * After a read, and until the board starts or the rate changes, an incoming frame is shown only when it answers the last
 * command: late data of a read that was given up is content as well. Of such a frame the first two bytes are shown, for they
 * tell what it is.
 *
 * @module
 */

/** A stretch of bytes to show, or to hide. */
export interface TraceRun {
  readonly bytes: Uint8Array;
  readonly hidden: boolean;
}

const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;

/** Direction byte of a request and of a response, in a frame's first place; its second is the command. */
const REQUEST = 0x00;
const RESPONSE = 0x01;
const Op = { flashData: 0x03, memEnd: 0x06, deflData: 0x11, readFlash: 0xd2 } as const;

/** Bytes of a request that carry no data: the header, and that of a data packet behind it. */
const REQUEST_HEADER = 8;
const DATA_HEADER = 24;
/** The longest answer of a loader: header, an MD5 as 32 digits, status of up to 4 bytes. */
const LONGEST_ANSWER = 44;

/** What is known of a frame when a byte of it has passed. */
interface FrameSoFar {
  /** Unescaped bytes. */
  readonly size: number;
  readonly first: number;
  readonly second: number;
  readonly isEnd: boolean;
}

/** Frames of one direction, byte by byte. */
class FrameReader {
  #size = 0;
  #first = -1;
  #second = -1;
  #escaped = false;

  /** Takes one byte of the wire. At a frame's end all of it is told once more, before the next one begins. */
  take(byte: number): FrameSoFar {
    if (byte === END) return this.#end();
    if (byte === ESCAPE && !this.#escaped) this.#escaped = true;
    else {
      const value = this.#escaped ? (byte === ESCAPED_END ? END : ESCAPE) : byte;
      this.#escaped = false;
      if (this.#size === 0) this.#first = value;
      if (this.#size === 1) this.#second = value;
      this.#size += 1;
    }
    return { size: this.#size, first: this.#first, second: this.#second, isEnd: false };
  }

  #end(): FrameSoFar {
    const frame = { size: this.#size, first: this.#first, second: this.#second, isEnd: true };
    this.#size = 0;
    this.#first = -1;
    this.#second = -1;
    this.#escaped = false;
    return frame;
  }
}

/** Splits what passes a port; both directions go through the same filter, in the order in which they happened. */
export class PayloadFilter {
  readonly #out = new FrameReader();
  readonly #in = new FrameReader();
  /** Command of the last request. */
  #op = -1;
  /** Whether that was a read whose answer has come, so that all that follows is data. */
  #reading = false;
  /** Whether data of a read may still come. */
  #wary = false;

  /** Bytes that are sent. */
  sent(bytes: Uint8Array): TraceRun[] {
    return runsOf(bytes, (byte) => this.#hidesSent(this.#out.take(byte)));
  }

  /** Bytes that came. */
  received(bytes: Uint8Array): TraceRun[] {
    return runsOf(bytes, (byte) => this.#hidesReceived(this.#in.take(byte)));
  }

  /** The board is reset, or the rate is another: what comes next is no data of a read. */
  startedOver(): void {
    this.#reading = false;
    this.#wary = false;
  }

  #hidesSent({ size, first, second, isEnd }: FrameSoFar): boolean {
    if (isEnd || first !== REQUEST) return false;
    // An acknowledgement of data is shorter than a header.
    if (size === REQUEST_HEADER) this.#request(second);
    return size > DATA_HEADER && (second === Op.flashData || second === Op.deflData);
  }

  #request(op: number): void {
    this.#op = op;
    this.#reading = false;
    if (op === Op.readFlash) this.#wary = true;
    // The loader hands over to a program in RAM, or to the firmware.
    if (op === Op.memEnd) this.#wary = false;
  }

  #hidesReceived({ size, first, second, isEnd }: FrameSoFar): boolean {
    if (!this.#wary) return false;
    const isAnswer = first === RESPONSE && second === this.#op;
    if (isEnd) {
      if (isAnswer && second === Op.readFlash) this.#reading = true;
      return false;
    }
    if (this.#reading) return true;
    return size > 2 && (!isAnswer || size > LONGEST_ANSWER);
  }
}

function runsOf(bytes: Uint8Array, hides: (byte: number) => boolean): TraceRun[] {
  const runs: TraceRun[] = [];
  let start = 0;
  let hidden = false;
  for (let i = 0; i < bytes.length; i++) {
    const next = hides(bytes[i]);
    if (next !== hidden && i > start) {
      runs.push({ bytes: bytes.subarray(start, i), hidden });
      start = i;
    }
    hidden = next;
  }
  if (start < bytes.length) runs.push({ bytes: bytes.subarray(start), hidden });
  return runs;
}
