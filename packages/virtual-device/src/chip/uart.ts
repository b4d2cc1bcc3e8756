/** UART0 of the chip: rate, what listens, what is sent. @module */
import type { Routine } from "./cpu.js";
import { lineMs, ratesMatch, resample } from "./line-rate.js";

/** Whatever takes the received bytes: a loader's SLIP decoder, the autobaud unit. */
export interface Receiver {
  /** Takes the line as it is, at the sender's rate, instead of the bytes that the UART makes of it. */
  readonly raw?: boolean;
  /**
   * Takes bytes from index `from` and returns the index behind the last one taken, which is past `from`: fewer than all
   * where a frame ends, because what it starts may install another receiver. `baudRate` is the sender's.
   */
  accept(bytes: Uint8Array, from: number, baudRate: number): number;
  /** The line was idle: what comes next is a new burst. */
  idle?(): void;
}

/** The wire to the host. */
export interface UartWire {
  /**
   * Takes bytes that start to leave at `time` at the earliest (the board's milliseconds) and returns when the last has
   * left.
   */
  send(bytes: Uint8Array, baudRate: number, time: number): number;
  /** The chip stops: what has not left the pin never will. */
  stop(): void;
}

/** The divisor that the ROM starts with: 80 MHz / 115200, although the clock is 2 x crystal. */
export const POWER_ON_DIVISOR = 694;

/** One UART, 8N1. */
export class Uart {
  /** Hz of the clock that the divisor divides: twice the crystal, as the ROM leaves it. */
  readonly clockHz: number;
  readonly #wire: UartWire;
  readonly #time: () => number;
  #divisor = POWER_ON_DIVISOR;
  receiver: Receiver | undefined;

  constructor(clockHz: number, wire: UartWire, time: () => number) {
    this.clockHz = clockHz;
    this.#wire = wire;
    this.#time = time;
  }

  get divisor(): number {
    return this.#divisor;
  }

  set divisor(value: number) {
    this.#divisor = Math.max(1, value & 0xfffff);
  }

  /** bit/s. */
  get baudRate(): number {
    return this.clockHz / this.#divisor;
  }

  /**
   * Bytes arrive, sent at `baudRate`; at another rate than ours they are garbled as a real line garbles them. `isBurst`:
   * the line was idle before.
   */
  receive(bytes: Uint8Array, baudRate: number, isBurst: boolean): void {
    if (isBurst) this.receiver?.idle?.();
    let at = 0;
    while (at < bytes.length && this.receiver?.raw) at = this.receiver.accept(bytes, at, baudRate);
    if (at === bytes.length) return;
    let heard = at === 0 ? bytes : bytes.subarray(at);
    if (!ratesMatch(baudRate, this.baudRate)) heard = resample(heard, baudRate, this.baudRate);
    for (let from = 0; from < heard.length && this.receiver !== undefined; ) {
      from = this.receiver.accept(heard, from, baudRate);
    }
  }

  /**
   * The line goes low and stays there: the FIFO gets one byte of 0x00, with a framing error that no program here looks
   * at. The autobaud unit, which measures pulses, sees none that ends in time.
   */
  receiveBreak(): void {
    if (this.receiver?.raw) return;
    this.receiver?.accept(Uint8Array.of(0), 0, this.baudRate);
  }

  /** Sends bytes, which the processor spends in full: the ROM's routine waits for room before each byte. */
  *transmit(bytes: Uint8Array): Routine<void> {
    const now = this.#time();
    const end = this.#wire.send(bytes, this.baudRate, now);
    if (end > now) yield end - now;
  }

  /** Reset or power-off: nothing listens, and what waits to be sent is lost. */
  stop(): void {
    this.receiver = undefined;
    this.#wire.stop();
  }

  /** Milliseconds that `count` bytes take at the present rate. */
  lineMs(count: number): number {
    return lineMs(count, this.baudRate);
  }
}
