/** The ROM's flash routines, which the ROM loader and the stub both call. @module */
import { CpuException, type Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { EXCEPTION_UNALIGNED } from "../chip/memory.js";
import { BLOCK_SIZE, EraseKind, SECTOR_SIZE } from "../flash/flash-timing.js";
import { StatusBit } from "../flash/nor-flash.js";
import { DEFAULT_DESCRIPTOR, FLASH_DESCRIPTOR, FLASH_SIZE_WORD } from "./addresses.js";

/** The ROM gives a program command for each 32 bytes, so a page costs 8 of them. */
const PROGRAM_BYTES = 32;

/** Milliseconds per byte read over the SPI bus in slow mode: half of the 0.70 s/MiB that hashing flash takes. */
export const READ_MS_PER_BYTE = 0.35e3 / 0x100000;

/** Bytes of flash that the ROM's routines agree to touch. */
export function flashLimit(machine: Machine): number {
  return machine.memory.read32(FLASH_SIZE_WORD);
}

/** Stores a descriptor of six words: id, size, block, sector, page, status mask. */
export function setDescriptor(machine: Machine, words: readonly number[] = DEFAULT_DESCRIPTOR): void {
  for (const [i, word] of words.entries()) machine.memory.write32(FLASH_DESCRIPTOR + 4 * i, word);
}

/** Status register 1 becomes 0: nothing is protected. */
export function* unlockFlash(machine: Machine): Routine<void> {
  machine.flash.command(0x06);
  yield machine.flash.writeStatus(0, 0);
}

/** Status register 1 becomes 0x1C: everything is protected, over resets and power cycles. */
export function* lockFlash(machine: Machine): Routine<void> {
  machine.flash.command(0x06);
  yield machine.flash.writeStatus(0, StatusBit.protection);
}

/** Erases one sector or block; false when it lies beyond the descriptor's size. */
export function* eraseUnit(machine: Machine, kind: EraseKind, offset: number): Routine<boolean> {
  if (offset >= flashLimit(machine)) return false;
  machine.flash.command(0x06);
  yield machine.flash.erase(kind, offset);
  return true;
}

/**
 * The ROM's area erase with its fault: the sectors up to the next 64 KiB boundary are erased but not counted off, so the
 * same number is erased again behind them.
 *
 * @returns false when the offset is not on a sector, or the area or the surplus leaves the flash; what was erased until
 * then stays erased
 */
export function* eraseArea(machine: Machine, offset: number, size: number): Routine<boolean> {
  if (offset % SECTOR_SIZE !== 0 || offset + size > flashLimit(machine)) return false;
  const wanted = Math.ceil(size / SECTOR_SIZE);
  const toBoundary = (BLOCK_SIZE - (offset % BLOCK_SIZE)) / SECTOR_SIZE;
  let at = offset;
  for (let i = 0; i < Math.min(toBoundary, wanted); i++, at += SECTOR_SIZE) {
    if (!(yield* eraseUnit(machine, EraseKind.sector, at))) return false;
  }
  let left = wanted;
  while (left > 0) {
    const kind = left > BLOCK_SIZE / SECTOR_SIZE ? EraseKind.block : EraseKind.sector;
    if (!(yield* eraseUnit(machine, kind, at))) return false;
    const step = kind === EraseKind.block ? BLOCK_SIZE : SECTOR_SIZE;
    at += step;
    left -= step / SECTOR_SIZE;
  }
  return true;
}

/**
 * Programs bytes, 32 per command and never over the end of a page. Protection goes unnoticed.
 *
 * `source` is where the bytes lie in RAM, as far as its alignment counts: with 4 bytes and more to go it must be a
 * multiple of 4.
 *
 * @returns false when the range leaves the descriptor's size
 * @throws CpuException 9 when the source is not aligned
 */
export function* writeFlash(
  machine: Machine,
  offset: number,
  bytes: Uint8Array,
  source = 0,
): Routine<boolean> {
  if (offset + bytes.length > flashLimit(machine)) return false;
  if ((source & 3) !== 0 && bytes.length >= 4) throw new CpuException(EXCEPTION_UNALIGNED, source);
  const { flash } = machine;
  let busyMs = 0;
  for (let from = 0; from < bytes.length; ) {
    const at = offset + from;
    const to = Math.min(bytes.length, from + PROGRAM_BYTES - (at % PROGRAM_BYTES));
    flash.command(0x06);
    busyMs += flash.program(at, bytes, from, to);
    from = to;
    if ((offset + from) % 0x100 !== 0 && from < bytes.length) continue;
    yield busyMs;
    busyMs = 0;
  }
  return true;
}

/** A view of the flash, or `undefined` when the range leaves the descriptor's size. Takes the bus no time: see callers. */
export function readFlash(machine: Machine, offset: number, length: number): Uint8Array | undefined {
  return offset + length > flashLimit(machine) ? undefined : machine.flash.read(offset, length);
}
