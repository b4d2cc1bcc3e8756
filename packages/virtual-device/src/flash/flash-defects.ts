/** What is wrong with a flash chip: the part of the faults that lives in the array itself. @module */
import { type Fault, FaultKind } from "../wire/faults.js";

/** Bytes that an erase could not clear, to be put back after it. */
export interface KeptBytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Asked by the flash before and after each change. A sound chip has `new FlashDefects([])`. */
export class FlashDefects {
  readonly #faults: readonly Fault[];
  readonly #operations = { program: 0, erase: 0 };
  readonly #lossesDone = new Set<Fault>();
  /** Protection bits that set themselves again after every status write and power-up; 0 for none. */
  readonly returningProtection: number;

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
    this.returningProtection = faults.reduce(
      (bits, fault) => (fault.kind === FaultKind.returningProtection ? bits | (fault.bits ?? 0x1c) : bits),
      0,
    );
  }

  /** Counts one operation and says whether the supply fails in the middle of it. */
  losesPowerIn(operation: "program" | "erase"): boolean {
    const done = this.#operations[operation]++;
    let lost = false;
    for (const fault of this.#faults) {
      if (fault.kind !== FaultKind.powerLoss || fault.during !== operation || this.#lossesDone.has(fault))
        continue;
      if (done < fault.after) continue;
      if (!fault.repeat) this.#lossesDone.add(fault);
      lost = true;
    }
    return lost;
  }

  /** What lies in sectors that will not erase, so that it can be put back. */
  beforeErase(flash: Uint8Array, start: number, end: number): KeptBytes[] {
    const kept: KeptBytes[] = [];
    for (const fault of this.#faults) {
      if (fault.kind !== FaultKind.deadSector) continue;
      const offset = fault.offset & ~0xfff;
      if (offset >= start && offset < end) kept.push({ offset, bytes: flash.slice(offset, offset + 0x1000) });
    }
    return kept;
  }

  /** Sets the bits that cannot be programmed to 0 again. */
  afterProgram(flash: Uint8Array, start: number, end: number): void {
    for (const fault of this.#faults) {
      if (fault.kind !== FaultKind.stuckBits) continue;
      const from = Math.max(start, fault.offset);
      const to = Math.min(end, fault.offset + fault.length);
      for (let at = from; at < to; at++) flash[at]! |= fault.mask ?? 0xff;
    }
  }
}
