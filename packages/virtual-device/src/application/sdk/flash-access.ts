/**
 * The SDK's flash routines: the ROM's, which refuse what lies beyond the size in their descriptor. The SDK sets that size
 * to the flash that the map describes, so on a chip that is larger the rest cannot be reached, and on one that is smaller
 * the flash's own wrap decides. UNCERTAIN on silicon for offsets beyond the chip.
 *
 * @module
 */
import type { Routine } from "../../chip/cpu.js";
import type { Machine } from "../../chip/machine.js";
import { EraseKind } from "../../flash/flash-timing.js";
import { FLASH_SIZE_WORD } from "../../rom/addresses.js";
import { eraseUnit, readFlash, writeFlash } from "../../rom/rom-flash.js";

/** The SDK's first act with the flash: it describes as much of it as the map says. */
export function setFlashSize(machine: Machine, bytes: number): void {
  machine.memory.write32(FLASH_SIZE_WORD, bytes);
}

/** A copy of flash; zeros where the routines refuse to read, and whatever the buffer held on a real chip. */
export function readSdkFlash(machine: Machine, offset: number, length: number): Uint8Array {
  return readFlash(machine, offset, length)?.slice() ?? new Uint8Array(length);
}

/** Erases the sector that holds `offset`; false when it is refused. */
export function* eraseSector(machine: Machine, offset: number): Routine<boolean> {
  return yield* eraseUnit(machine, EraseKind.sector, offset);
}

/** Programs bytes: bits are only cleared. False when it is refused. */
export function* programFlash(machine: Machine, offset: number, bytes: Uint8Array): Routine<boolean> {
  return yield* writeFlash(machine, offset, bytes);
}

/** Erases one sector and programs `bytes` at its start. */
export function* rewriteSector(machine: Machine, offset: number, bytes: Uint8Array): Routine<void> {
  if (yield* eraseSector(machine, offset)) yield* programFlash(machine, offset, bytes);
}
