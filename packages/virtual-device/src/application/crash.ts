/** Firmware whose code is not what was built. @module */
import type { Program } from "../chip/cpu.js";
import { ChipMode, type Machine, ResetCause } from "../chip/machine.js";
import { printException } from "../rom/exception.js";

/**
 * The addresses that a board with one sector of its code erased was seen to print at every boot. Which ones a certain
 * damage leads to depends on the code; here they are always these.
 */
const EPC1 = 0x401000b8;
const EXCVADDR = 0x401000df;
/** 3: load or store error. */
const CAUSE = 3;
/** Milliseconds from the last word to the reset, about. */
const RESTART_MS = 30;

/** Says what happened, at the rate of the boot messages, and resets the chip, which comes here again. */
export function* crashLoop(machine: Machine): Program {
  machine.mode = ChipMode.hung;
  yield* printException(machine, CAUSE, { epc1: EPC1, excvaddr: EXCVADDR });
  yield RESTART_MS;
  return machine.resetItself(ResetCause.externalPin);
}
