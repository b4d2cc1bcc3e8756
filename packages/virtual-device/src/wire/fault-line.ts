/** One direction of the line with its faults. @module */
import {
  type CorruptBytesFault,
  type CutLineFault,
  type DelayBytesFault,
  type Direction,
  type DropBytesFault,
  type Fault,
  FaultKind,
  type SilenceFault,
} from "./faults.js";

type ByteFault = DropBytesFault | CorruptBytesFault | DelayBytesFault;

/** What becomes of a piece of data. */
export interface Passage {
  readonly bytes: Uint8Array;
  /** Milliseconds that the line stalls before these bytes. */
  readonly delayMs: number;
  /** The cable is pulled behind these bytes. */
  readonly cut: boolean;
}

/** Counts bytes from the making of the board and does to them what the faults of its direction say. */
export class FaultLine {
  readonly #byteFaults: readonly ByteFault[];
  readonly #ends: readonly (CutLineFault | SilenceFault)[];
  readonly #random: () => number;
  readonly #spent = new Set<Fault>();
  #count = 0;

  constructor(direction: Direction, faults: readonly Fault[], random: () => number) {
    this.#byteFaults = faults.filter(
      (fault) => isByteFault(fault) && fault.direction === direction,
    ) as ByteFault[];
    this.#ends = faults.filter((fault) => isEnd(fault) && fault.direction === direction) as CutLineFault[];
    this.#random = random;
  }

  /** A new connection: silences that last until then are over. */
  reconnect(): void {
    for (const fault of this.#ends) {
      if (fault.kind === FaultKind.silence && fault.untilReconnect && this.#count > fault.after)
        this.#spent.add(fault);
    }
  }

  /** Passes bytes on; without faults the same array. @param baudRate of their sender, in bit/s */
  pass(bytes: Uint8Array, baudRate: number): Passage {
    const start = this.#count;
    this.#count += bytes.length;
    const limit = this.#limit(start, bytes.length);
    const heard = limit.length === bytes.length ? bytes : bytes.subarray(0, limit.length);
    const faults = this.#byteFaults.filter(({ aboveBaud = 0 }) => baudRate > aboveBaud);
    if (faults.length === 0) return { bytes: heard, delayMs: 0, cut: limit.cut };
    return { ...this.#disturb(heard, start, faults), cut: limit.cut };
  }

  #limit(start: number, length: number): { length: number; cut: boolean } {
    let passed = length;
    let cut = false;
    for (const fault of this.#ends) {
      if (this.#spent.has(fault) || start + length <= fault.after) continue;
      passed = Math.min(passed, Math.max(0, fault.after - start));
      if (fault.kind !== FaultKind.cutLine) continue;
      this.#spent.add(fault);
      cut = true;
    }
    return { length: passed, cut };
  }

  #disturb(
    bytes: Uint8Array,
    start: number,
    faults: readonly ByteFault[],
  ): { bytes: Uint8Array; delayMs: number } {
    const out = new Uint8Array(bytes.length);
    let length = 0;
    let delayMs = 0;
    for (let i = 0; i < bytes.length; i++) {
      let byte: number | undefined = bytes[i]!;
      for (const fault of faults) {
        if (byte === undefined || !this.#hits(fault, start + i)) continue;
        if (fault.kind === FaultKind.dropBytes) byte = undefined;
        else if (fault.kind === FaultKind.corruptBytes) byte ^= 1 << Math.floor(this.#random() * 8);
        else delayMs = Math.max(delayMs, fault.ms);
      }
      if (byte !== undefined) out[length++] = byte;
    }
    return { bytes: out.subarray(0, length), delayMs };
  }

  #hits(fault: ByteFault, position: number): boolean {
    const after = fault.after ?? 0;
    if (fault.probability !== undefined) return position >= after && this.#random() < fault.probability;
    const count = fault.count ?? 1;
    if (!fault.repeat) return position >= after && position < after + count;
    return position % (after + count) >= after;
  }
}

function isByteFault(fault: Fault): fault is ByteFault {
  return (
    fault.kind === FaultKind.dropBytes ||
    fault.kind === FaultKind.corruptBytes ||
    fault.kind === FaultKind.delayBytes
  );
}

function isEnd(fault: Fault): fault is CutLineFault | SilenceFault {
  return fault.kind === FaultKind.cutLine || fault.kind === FaultKind.silence;
}
