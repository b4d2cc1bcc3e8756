/** How an exception is reported. @module */
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { print } from "./rom-boot.js";

const hex8 = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`;

/** Prints an exception with the registers that tell where it was; those that are not known here are 0. */
export function* printException(
  machine: Machine,
  cause: number,
  { epc1, excvaddr }: { readonly epc1: number; readonly excvaddr: number },
): Routine<void> {
  const none = hex8(0);
  yield* print(
    machine,
    `Fatal exception (${cause}): \r\nepc1=${hex8(epc1)}, epc2=${none}, epc3=${none}, ` +
      `excvaddr=${hex8(excvaddr)}, depc=${none}\r\n`,
  );
}
