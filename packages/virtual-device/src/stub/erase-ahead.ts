/** The stub erases as it writes: just before the data, in the largest piece that fits. @module */
import type { Routine } from "../chip/cpu.js";
import type { Machine } from "../chip/machine.js";
import { BLOCK_SIZE, EraseKind, SECTOR_SIZE } from "../flash/flash-timing.js";
import { READ_MS_PER_BYTE, readFlash } from "../rom/rom-flash.js";

/**
 * Erases the range of one BEGIN piece by piece: 64 KiB where it is aligned and that much is left, else a sector. Sectors
 * at the beginning that read as erased are passed over; the first that does not ends the looking.
 */
export class EraseAhead {
  readonly #machine: Machine;
  #at: number;
  #left: number;
  #looksForBlank = true;
  #busyUntil = 0;

  constructor(machine: Machine, offset: number, size: number) {
    this.#machine = machine;
    this.#at = offset - (offset % SECTOR_SIZE);
    this.#left = Math.ceil((offset + size - this.#at) / SECTOR_SIZE) * SECTOR_SIZE;
  }

  /** Starts the next erase without waiting for its end; false when the flash refuses to be read there. */
  *start(): Routine<boolean> {
    if (this.#left <= 0) return true;
    yield* this.#waitReady();
    if (this.#looksForBlank) {
      const sector = readFlash(this.#machine, this.#at, SECTOR_SIZE);
      if (sector === undefined) return false;
      yield SECTOR_SIZE * READ_MS_PER_BYTE;
      if (isErased(sector)) {
        this.#advance(SECTOR_SIZE);
        return true;
      }
      this.#looksForBlank = false;
    }
    const { flash, cpu } = this.#machine;
    const inBlock = this.#at % BLOCK_SIZE === 0 && this.#left >= BLOCK_SIZE;
    flash.command(0x06);
    const busyMs = flash.erase(inBlock ? EraseKind.block : EraseKind.sector, this.#at);
    this.#busyUntil = cpu.time + busyMs;
    this.#advance(inBlock ? BLOCK_SIZE : SECTOR_SIZE);
    return true;
  }

  /** Erases until everything below `end` is done and the flash is ready; false when the flash refuses. */
  *upTo(end: number): Routine<boolean> {
    while (this.#at < end && this.#left > 0) if (!(yield* this.start())) return false;
    yield* this.#waitReady();
    return true;
  }

  *#waitReady(): Routine<void> {
    const wait = this.#busyUntil - this.#machine.cpu.time;
    if (wait > 0) yield wait;
  }

  #advance(bytes: number): void {
    this.#at += bytes;
    this.#left -= bytes;
  }
}

/** Whether all bytes are 0xff. */
export function isErased(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0xff) return false;
  return true;
}
