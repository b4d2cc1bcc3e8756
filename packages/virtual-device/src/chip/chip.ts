/** The ESP8266: processor, memory, UART and flash, and what resets and power do to them. @module */
import type { Timeline } from "../clock/timeline.js";
import { type NorFlash, PowerLoss } from "../flash/nor-flash.js";
import { Cpu, CpuException, type Program } from "./cpu.js";
import {
  BootMode,
  ChipMode,
  type Machine,
  type ReadMode,
  ResetCause,
  SOFTWARE_RESET,
  type Statistics,
} from "./machine.js";
import { Memory } from "./memory.js";
import { SpiController } from "./spi-controller.js";
import { Uart, type UartWire } from "./uart.js";

/** Programs that the chip finds in its ROM and RAM. */
export interface ChipPrograms {
  resetVector(machine: Machine): Program;
  programAt(machine: Machine, address: number): Program | undefined;
  fatalException(machine: Machine, cause: number, address: number): Program;
}

/** What the chip is made of and connected to. */
export interface ChipParts {
  readonly timeline: Timeline;
  readonly flash: NorFlash;
  readonly wire: UartWire;
  readonly programs: ChipPrograms;
  /** Hz; the UART's clock is twice that. */
  readonly crystalHz: number;
  readonly efuseWords: readonly [number, number, number, number];
  readonly readModes: readonly ReadMode[];
  readonly statistics: Statistics;
  /** The supply failed; the chip has stopped already. */
  readonly onPowerLoss: () => void;
  /** Levels of the strap pins at this moment. */
  readonly pins: () => { readonly gpio0: boolean; readonly gpio2: boolean; readonly gpio15: boolean };
}

const UART_DIVISOR = 0x60000014;
const GPIO_IN = 0x60000318;
/** N of `boot mode:(M,N)`: bits 31 to 29 of GPIO_IN. */
const SDIO_STRAPS = 6;
/**
 * Resets in a row by watchdog or crash after which a chip that boots in vain rests until something from outside happens.
 * A real one goes on for ever; here that would keep a process or a virtual clock busy without end.
 */
const ROUNDS_IN_VAIN = 3;

/** Resets by which a boot loader goes on to its next attempt, of two slots three times each and once more. They end by themselves. */
const ROUNDS_ON_PURPOSE = 7;

/** A powered or unpowered chip. */
export class Chip implements Machine {
  readonly timeline: Timeline;
  readonly cpu: Cpu;
  readonly uart: Uart;
  readonly memory: Memory;
  readonly flash: NorFlash;
  readonly spi: SpiController;
  readonly statistics: Statistics;
  readonly readModes: readonly ReadMode[];
  readonly #parts: ChipParts;
  mode: ChipMode = ChipMode.off;
  #resetCause: ResetCause = ResetCause.powerOn;
  #strapLatch: number = BootMode.flash;
  #roundsInVain = 0;
  #roundsOnPurpose = 0;

  constructor(parts: ChipParts) {
    this.#parts = parts;
    this.timeline = parts.timeline;
    this.flash = parts.flash;
    this.statistics = parts.statistics;
    this.readModes = parts.readModes;
    this.cpu = new Cpu(parts.timeline, (error) => this.#onThrow(error));
    this.memory = new Memory(parts.efuseWords);
    this.uart = new Uart(2 * parts.crystalHz, parts.wire, () => this.cpu.time);
    this.spi = new SpiController(
      parts.flash,
      this.memory,
      parts.timeline.paced ? () => this.cpu.time : undefined,
    );
    this.#defineRegisters();
  }

  get resetCause(): ResetCause {
    return this.#resetCause;
  }

  get strapLatch(): number {
    return this.#strapLatch;
  }

  /** Power off, or reset held: nothing runs. */
  stop(): void {
    this.mode = ChipMode.off;
    this.cpu.start(undefined);
    this.uart.stop();
  }

  /** Reset ends: the straps are latched and the ROM begins. */
  start(cause: ResetCause): void {
    const { gpio0, gpio2, gpio15 } = this.#parts.pins();
    this.#strapLatch = (gpio15 ? 4 : 0) + (gpio0 ? 2 : 0) + (gpio2 ? 1 : 0);
    this.#roundsInVain = 0;
    this.#roundsOnPurpose = 0;
    this.#restart(cause);
  }

  /** Power comes back: flash and RAM begin afresh. `start` follows when EN is up. */
  powerUp(): void {
    this.flash.reset();
    this.memory.forget();
  }

  jump(address: number): Program | undefined {
    return this.#parts.programs.programAt(this, address);
  }

  resetItself(cause: ResetCause, onPurpose = false): Program | undefined {
    const isCounted = !onPurpose || ++this.#roundsOnPurpose > ROUNDS_ON_PURPOSE;
    if (isCounted && ++this.#roundsInVain > ROUNDS_IN_VAIN) return undefined;
    this.#clear(cause);
    return this.#parts.programs.resetVector(this);
  }

  #restart(cause: ResetCause): void {
    this.#clear(cause);
    this.cpu.start(this.#parts.programs.resetVector(this));
  }

  #clear(cause: ResetCause): void {
    this.statistics.resets++;
    this.#resetCause = cause;
    this.memory.reset();
    this.spi.attached = false;
    this.uart.receiver = undefined;
  }

  #onThrow(error: unknown): Program | undefined {
    if (error instanceof PowerLoss) {
      this.stop();
      this.#parts.onPowerLoss();
      return undefined;
    }
    if (!(error instanceof CpuException)) throw error;
    return this.#parts.programs.fatalException(this, error.cause, error.address);
  }

  #defineRegisters(): void {
    const { memory, uart } = this;
    memory.define(UART_DIVISOR, {
      read: () => uart.divisor,
      write: (value) => {
        uart.divisor = value;
      },
    });
    memory.define(GPIO_IN, { read: () => this.#gpioIn(), write: () => {} });
    memory.define(SOFTWARE_RESET, { read: () => 0, write: (value) => this.#softwareReset(value) });
  }

  /** Live levels below, with both UART pins high; the strap latch in bits 18 to 16. */
  #gpioIn(): number {
    const { gpio0, gpio2, gpio15 } = this.#parts.pins();
    const live = (gpio0 ? 1 : 0) | 0x2 | (gpio2 ? 4 : 0) | 0x8 | (gpio15 ? 0x8000 : 0);
    return ((SDIO_STRAPS << 29) | (this.#strapLatch << 16) | live) >>> 0;
  }

  /** Shows as an external reset, and the straps are not read again: the latch decides. */
  #softwareReset(value: number): void {
    if (value >>> 31 !== 1) return;
    this.#roundsInVain = 0;
    this.#roundsOnPurpose = 0;
    this.#restart(ResetCause.externalPin);
  }
}
