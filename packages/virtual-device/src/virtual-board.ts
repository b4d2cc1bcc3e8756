/** What a board on the desk offers: how it is made, what can be done to it, what can be seen of it. @module */
import type { Clock, Transport } from "@flashwright/core";
import type { BoardSpec } from "./boards/board-spec.js";
import type { BoardName } from "./boards/boards.js";
import type { ChipMode, Statistics } from "./chip/machine.js";
import type { Wiring } from "./chip/reset-circuit.js";
import type { Pace } from "./clock/timeline.js";
import type { NorFlashCounts } from "./flash/nor-flash.js";
import type { Fault } from "./wire/faults.js";

/** How a board is made. */
export interface VirtualBoardOptions {
  /** A name of the table, or a board of your own. `esp-12f` unless told. */
  readonly board?: BoardName | BoardSpec;
  /** What the flash holds from offset 0 on; the rest is erased (0xff). */
  readonly flash?: Uint8Array;
  /** The host's time. Needed for pace `line`. */
  readonly clock?: Clock;
  /**
   * `unlimited` (the default): no time passes anywhere, line sequences do not wait, and every call is done when it
   * returns. `line`: bytes, flash and hashing take the time that they take on a real board.
   */
  readonly pace?: Pace;
  readonly wire?: WireOptions;
  /** Other wiring than the board's. */
  readonly wiring?: Wiring;
  /** Another capacitor than the board's, in milliseconds from the release of EN to its rise. */
  readonly enCapacitorMs?: number;
  readonly faults?: readonly Fault[];
  /** Where the chance in the faults begins; 1 unless told. */
  readonly seed?: number;
}

/** How adapter and driver carry bytes and lines. */
export interface WireOptions {
  /** Milliseconds that everything takes from the host to the chip and back, each way. Only in pace `line`. */
  readonly oneWayDelayMs?: number;
  /**
   * Milliseconds between the lines of a step that names both: RTS goes first, then DTR, as with drivers that have a call
   * for each. Both at once unless told.
   */
  readonly lineGapMs?: number;
  /** RTS reaches the adapter only along with the next DTR, as Windows' usbser.sys has it. */
  readonly rtsWithDtr?: boolean;
}

/** What can be seen of a board from outside and, with a probe, from inside. */
export interface VirtualBoardState {
  readonly mode: ChipMode;
  /** bit/s that the chip's UART runs at; 0 when it is off. */
  readonly baudRate: number;
  /** Status register 1 of the flash. */
  readonly statusRegister: number;
  /** M of `boot mode:(M,N)`, latched at the last reset: 1 UART download, 3 flash. */
  readonly bootMode: number;
  readonly powered: boolean;
}

/** What a board has done since it was made. */
export type BoardStatistics = Readonly<Statistics & NorFlashCounts>;

/** A virtual board. */
export interface VirtualBoard {
  readonly spec: BoardSpec;
  /** The newest connection: the one that was open when the board was made, or the last `reconnect`. */
  readonly transport: Transport;
  /**
   * Opens the port again, both lines released and at 115200 baud, and plugs the board in first if it was unplugged. A
   * connection that is still open is lost.
   */
  reconnect(): Transport;
  /** The flash itself: what is written here is in the flash. */
  readonly flash: Uint8Array;
  /** What the chip has sent, as text, with a line `[74928 baud]` before each change of rate; the newest 256 KiB. */
  readonly uartLog: string;
  readonly statistics: BoardStatistics;
  readonly state: VirtualBoardState;
  /** Presses a button and keeps it down. */
  hold(button: "flash" | "reset"): void;
  /** Lets go of a button. */
  release(button: "flash" | "reset"): void;
  /** Takes the supply away and gives it back. The connection stays, as with an adapter of its own. */
  powerCycle(): void;
  /** Pulls the plug: the connection is lost, the board has no power until `reconnect`. */
  unplug(): void;
}
