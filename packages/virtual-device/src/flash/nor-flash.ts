/** A serial NOR flash chip: what it holds, what protects it, and what programming and erasing really do. @module */

import type { FlashDefects } from "./flash-defects.js";
import { type EraseKind, eraseMs, eraseSize, PROGRAM_COMMAND_MS, STATUS_WRITE_MS } from "./flash-timing.js";

/** Bits of status register 1. */
export const StatusBit = { busy: 0x01, writeEnabled: 0x02, protection: 0x1c } as const;

/** What a flash chip is, apart from its content. */
export interface NorFlashSpec {
  /** Bytes; a power of two. */
  readonly size: number;
  /** As the chip sends it: manufacturer, memory type, capacity. */
  readonly jedecId: readonly [number, number, number];
  /** 8 bytes. */
  readonly uniqueId: readonly number[];
}

/** How often the chip was asked to change, since it was made. */
export interface NorFlashCounts {
  programs: number;
  sectorErases: number;
  blockErases: number;
  chipErases: number;
}

/** Thrown when the supply fails inside a program or an erase: the work is half done. */
export class PowerLoss extends Error {}

const PAGE = 0x100;

/** An erase that is still going on inside the chip. */
interface RunningErase {
  readonly start: number;
  readonly before: Uint8Array;
  readonly beganAt: number;
  readonly ms: number;
}

/**
 * Erased bits are 1; programming only clears bits and stays inside its page of 256 bytes; erasing is by sector, block or
 * chip. Offsets beyond the size wrap round, because the chip does not decode those address lines. Each change needs a
 * write enable before it, and is ignored without a word where the protection bits cover the place.
 *
 * Methods that change the flash return the milliseconds that the chip is busy, 0 for a command that it ignored.
 */
export class NorFlash {
  readonly spec: NorFlashSpec;
  readonly bytes: Uint8Array;
  readonly counts: NorFlashCounts = { programs: 0, sectorErases: 0, blockErases: 0, chipErases: 0 };
  /** Status registers 1 to 3 without the busy bit. */
  readonly #status = new Uint8Array(3);
  readonly #defects: FlashDefects;
  readonly #now: (() => number) | undefined;
  /** What the registers hold again after a reset. */
  readonly #lastingStatus = new Uint8Array(3);
  #nextStatusIsVolatile = false;
  #poweredDown = false;
  #resetEnabled = false;
  #erasing: RunningErase | undefined;

  /** `now` in ms tells how far an erase has come when the power goes; without it every erase is done at once. */
  constructor(
    spec: NorFlashSpec,
    content: Uint8Array | undefined,
    defects: FlashDefects,
    now?: () => number,
  ) {
    if (spec.size < PAGE || (spec.size & (spec.size - 1)) !== 0) {
      throw new RangeError(`A flash of ${spec.size} bytes is not a power of two.`);
    }
    if (content !== undefined && content.length > spec.size) {
      throw new RangeError(`${content.length} bytes do not fit a flash of ${spec.size} bytes.`);
    }
    this.spec = spec;
    this.#defects = defects;
    this.#now = now;
    this.bytes = new Uint8Array(spec.size).fill(0xff);
    if (content !== undefined) this.bytes.set(content);
  }

  /** Status register 1, 2 or 3 (`which` 0 to 2). */
  status(which = 0): number {
    return this.#status[which]!;
  }

  /** Whether the chip sleeps (command B9) and answers nothing but the wake-up. */
  get poweredDown(): boolean {
    return this.#poweredDown;
  }

  /** The supply goes: an erase that was going on has come as far as its time allowed, and the rest is as it was. */
  losePower(): void {
    const erase = this.#erasing;
    this.#erasing = undefined;
    if (erase === undefined || this.#now === undefined) return;
    const done = (this.#now() - erase.beganAt) / erase.ms;
    if (done >= 1) return;
    const from = Math.floor(erase.before.length * Math.max(0, done));
    this.bytes.set(erase.before.subarray(from), erase.start + from);
  }

  /** Power on, or the reset pair 66 99: the latches and what was volatile go, lasting protection bits stay. */
  reset(): void {
    this.#status.set(this.#lastingStatus);
    this.#nextStatusIsVolatile = false;
    this.#poweredDown = false;
    this.#resetEnabled = false;
    this.#restoreProtection();
  }

  /** One of the commands without data: 04 06 50, 66 99, AB B9. */
  command(code: number): void {
    if (code === 0x99 && this.#resetEnabled) {
      this.reset();
      return;
    }
    this.#resetEnabled = code === 0x66;
    if (code === 0xab) this.#poweredDown = false;
    if (this.#poweredDown) return;
    if (code === 0xb9) this.#poweredDown = true;
    this.#nextStatusIsVolatile = code === 0x50;
    if (code === 0x06) this.#status[0]! |= StatusBit.writeEnabled;
    if (code === 0x04) this.#status[0]! &= ~StatusBit.writeEnabled;
  }

  /**
   * Writes status registers from `which` (0 to 2) on; busy and write-enable latch cannot be written. Behind command 50 the
   * values are there at once and last until the next reset.
   */
  writeStatus(which: number, ...values: number[]): number {
    const isVolatile = this.#nextStatusIsVolatile && !this.#poweredDown;
    this.#nextStatusIsVolatile = false;
    if (!isVolatile && !this.#takeWriteEnable()) return 0;
    for (const [index, value] of values.entries()) {
      const register = which + index;
      const written = register === 0 ? value & ~(StatusBit.busy | StatusBit.writeEnabled) : value;
      this.#status[register] = written;
      if (!isVolatile) this.#lastingStatus[register] = written;
    }
    this.#restoreProtection();
    return isVolatile ? 0 : STATUS_WRITE_MS;
  }

  /** `length` bytes from `offset`: a view where it does not wrap, a copy where it does. */
  read(offset: number, length: number): Uint8Array {
    const from = offset & (this.spec.size - 1);
    if (from + length <= this.spec.size) return this.bytes.subarray(from, from + length);
    const copy = new Uint8Array(length);
    for (let i = 0; i < length; i++) copy[i] = this.bytes[(from + i) & (this.spec.size - 1)]!;
    return copy;
  }

  /** One page-program command (02): bytes `from` to `to` of `data`; what runs over the end of the page wraps to its start. */
  program(offset: number, data: Uint8Array, from = 0, to = data.length): number {
    const start = offset & (this.spec.size - 1);
    if (!this.#takeWriteEnable() || this.isProtected(start)) return 0;
    this.counts.programs++;
    const lost = this.#defects.losesPowerIn("program");
    const end = lost ? from + ((to - from) >> 1) : to;
    const page = start & ~(PAGE - 1);
    for (let i = from; i < end; i++) this.bytes[page | ((start + i - from) & (PAGE - 1))]! &= data[i]!;
    this.#defects.afterProgram(this.bytes, page, page + PAGE);
    if (lost) throw new PowerLoss("power lost while programming");
    return PROGRAM_COMMAND_MS;
  }

  /** Erases the sector, block or chip that holds `offset`. */
  erase(kind: EraseKind, offset: number): number {
    const size = eraseSize(kind, this.spec.size);
    const start = (offset & (this.spec.size - 1) & ~(size - 1)) >>> 0;
    if (!this.#takeWriteEnable() || this.#isAnyProtected(start, start + size)) return 0;
    this.#count(kind);
    const lost = this.#defects.losesPowerIn("erase");
    const kept = this.#defects.beforeErase(this.bytes, start, start + size);
    const ms = eraseMs(kind, this.spec.size);
    if (this.#now !== undefined) {
      this.#erasing = { start, before: this.bytes.slice(start, start + size), beganAt: this.#now(), ms };
    }
    this.bytes.fill(0xff, start, lost ? start + (size >> 1) : start + size);
    for (const { offset: at, bytes } of kept) this.bytes.set(bytes, at);
    if (lost) throw new PowerLoss("power lost while erasing");
    return ms;
  }

  /**
   * Whether the block-protect bits cover `offset`. BP2..0 = n protect the upper size/64 x 2^(n-1) bytes, 7 all of it, as
   * the common Winbond-like parts do; what a certain part does in between is UNCERTAIN.
   */
  isProtected(offset: number): boolean {
    const level = (this.status() & StatusBit.protection) >> 2;
    if (level === 0) return false;
    if (level === 7) return true;
    return offset >= this.spec.size - (this.spec.size >> 6) * (1 << (level - 1));
  }

  #isAnyProtected(start: number, end: number): boolean {
    return this.isProtected(end - 1) || this.isProtected(start);
  }

  /** The latch falls with every command that changes something, done or refused. */
  #takeWriteEnable(): boolean {
    const enabled = (this.status() & StatusBit.writeEnabled) !== 0 && !this.#poweredDown;
    this.#status[0]! &= ~StatusBit.writeEnabled;
    return enabled;
  }

  #restoreProtection(): void {
    this.#status[0]! |= this.#defects.returningProtection;
  }

  #count(kind: EraseKind): void {
    if (kind === "sector") this.counts.sectorErases++;
    else if (kind === "block") this.counts.blockErases++;
    else this.counts.chipErases++;
  }
}
