/** Bytes between the UART and the console. @module */
import type { Machine } from "../chip/machine.js";
import type { Receiver } from "../chip/uart.js";

/** The driver's buffer behind the FIFO; what finds it full is lost without a word. */
const BUFFER = 500;
/** The hardware's, which is emptied into it. */
const FIFO = 128;

/** The driver's buffer. It fills while the processor is at other work. */
export class SerialInput implements Receiver {
  readonly #machine: Machine;
  #waiting: number[] = [];
  #next = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  accept(bytes: Uint8Array, from: number): number {
    const end = Math.min(bytes.length, from + FIFO);
    for (let i = from; i < end; i++) {
      if (this.#waiting.length - this.#next < BUFFER) this.#waiting.push(bytes[i]!);
      else this.#machine.statistics.receiveOverflows++;
    }
    this.#machine.cpu.wake();
    return end;
  }

  /** The oldest byte; `undefined` when there is none. */
  take(): number | undefined {
    const byte = this.#waiting[this.#next];
    if (byte === undefined) {
      this.#waiting = [];
      this.#next = 0;
      return undefined;
    }
    this.#next++;
    return byte;
  }
}
