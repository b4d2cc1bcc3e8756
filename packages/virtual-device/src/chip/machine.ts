/** What the programs on the chip see of it. @module */
import type { Timeline } from "../clock/timeline.js";
import type { NorFlash } from "../flash/nor-flash.js";
import type { Cpu, Program } from "./cpu.js";
import type { Memory } from "./memory.js";
import type { SpiController } from "./spi-controller.js";
import type { Uart } from "./uart.js";

/** What the chip is doing. */
export const ChipMode = {
  /** No power, or held in reset. */
  off: "off",
  /** The ROM loader listens, or measures the host's rate. */
  rom: "rom",
  stub: "stub",
  /** The ROM or the SDK's boot loader is at work. */
  booting: "booting",
  /** A program from flash runs. */
  application: "application",
  /** Nothing useful runs: a crash, a strap mode without a program, a boot failure. */
  hung: "hung",
} as const;
export type ChipMode = (typeof ChipMode)[keyof typeof ChipMode];

/** `rst cause` of the boot log. */
export const ResetCause = { powerOn: 1, externalPin: 2, hardwareWatchdog: 4 } as const;
export type ResetCause = (typeof ResetCause)[keyof typeof ResetCause];

/** `boot mode:(M,N)`: M is GPIO15 x 4 + GPIO0 x 2 + GPIO2 at reset. */
export const BootMode = { uartDownload: 1, flash: 3 } as const;

/** Flash read modes, the third byte of an image. */
export const ReadMode = { qio: 0, qout: 1, dio: 2, dout: 3 } as const;
export type ReadMode = (typeof ReadMode)[keyof typeof ReadMode];

/** Register whose bit 31 resets the chip. The latch of the straps stays. */
export const SOFTWARE_RESET = 0x60000700;

/** What a board has done, counted from its making. */
export interface Statistics {
  /** Bytes that reached the chip's receive pin, and that it sent. */
  bytesToChip: number;
  bytesToHost: number;
  /** Whole frames that a loader took. */
  framesReceived: number;
  /** Frames that a loader dropped or could not make sense of: too long, bad escape, cut short. */
  badFrames: number;
  /** Commands with an opcode that the loader does not know. */
  unknownCommands: number;
  /** Bytes lost because the receive ring or both frame buffers were full. */
  receiveOverflows: number;
  /** Bytes lost because the host did not read: the host's buffer is bounded too. */
  hostOverflows: number;
  /** Resets of the chip for any cause, power-on included. */
  resets: number;
}

/** The chip, to a program that runs on it. */
export interface Machine {
  readonly timeline: Timeline;
  readonly cpu: Cpu;
  readonly uart: Uart;
  readonly memory: Memory;
  readonly flash: NorFlash;
  readonly spi: SpiController;
  readonly statistics: Statistics;
  readonly resetCause: ResetCause;
  /** M of the boot mode, latched at the last real reset; software resets and the watchdog leave it. */
  readonly strapLatch: number;
  /** Read modes for which flash and board are wired. */
  readonly readModes: readonly ReadMode[];
  mode: ChipMode;
  /** The program at a CPU address: a known ROM entry, a program that was recognised in RAM, or one that hangs. */
  jump(address: number): Program | undefined;
  /**
   * A reset that nothing from outside asked for: the watchdog's, or a crash's. The program that calls it ends.
   * @param onPurpose a boot loader resets the chip for its next attempt; up to 7 of those are not in vain
   * @returns the program after the reset; none when the chip has reset itself in vain too often
   */
  resetItself(cause: ResetCause, onPurpose?: boolean): Program | undefined;
}
