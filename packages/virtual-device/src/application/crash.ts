/**
 * Firmware whose code is not what was built.
 *
 * Two ways lead here. The second boot loader copies the RAM part to where it runs itself; when the checksum does not fit, it
 * returns to its own code, to 0x401000B8 in release 1.6 and to 0x401000B5 in 1.7, where by then the firmware's own bytes lie.
 * Code that is executed in place is checked by nobody, and the processor runs into what is not its code.
 *
 * @module
 */
import type { Program } from "../chip/cpu.js";
import { ChipMode, type Machine, ResetCause } from "../chip/machine.js";
import { printException } from "../rom/exception.js";

/**
 * What a board whose settings had been saved into its code was seen to print at every boot. The second address depends on the
 * bytes at the first; here both are always these, also for code that runs in place.
 */
const EPC1 = 0x401000b8;
const EXCVADDR = 0x401000df;
/** 3: load or store error. */
const CAUSE = 3;
/** Milliseconds from the last word to the reset, about. */
const RESTART_MS = 30;

/** Says what happened, at the rate of the boot messages, and resets the chip, which comes here again. */
export function* crashLoop(machine: Machine, epc1 = EPC1): Program {
  machine.mode = ChipMode.hung;
  yield* printException(machine, CAUSE, { epc1, excvaddr: EXCVADDR });
  yield RESTART_MS;
  return machine.resetItself(ResetCause.externalPin);
}
