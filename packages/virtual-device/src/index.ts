/**
 * A virtual ESP8266: ROM loader, stub, NOR flash, UART, straps and reset circuits, to flash without hardware.
 *
 * @module
 */

// A board and what it is made of
export { createVirtualBoard } from "./board.js";
export type { BoardSpec } from "./boards/board-spec.js";
export { type BoardName, boards } from "./boards/boards.js";
export { ChipMode, ReadMode } from "./chip/machine.js";
export { Wiring } from "./chip/reset-circuit.js";
// Time
export { Pace } from "./clock/timeline.js";
export { createVirtualClock, type VirtualClock } from "./clock/virtual-clock.js";
export type { NorFlashSpec } from "./flash/nor-flash.js";
export type {
  BoardStatistics,
  VirtualBoard,
  VirtualBoardOptions,
  VirtualBoardState,
  WireOptions,
} from "./virtual-board.js";
// What can go wrong
export {
  type CorruptBytesFault,
  type CutLineFault,
  type DeadSectorFault,
  type DelayBytesFault,
  type Direction,
  type DropBytesFault,
  type Fault,
  FaultKind,
  type LineFaultTiming,
  type PowerLossFault,
  type ReturningProtectionFault,
  type SilenceFault,
  type StuckBitsFault,
  type StuckStrapFault,
} from "./wire/faults.js";
