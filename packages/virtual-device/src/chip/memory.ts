/** The chip's address space: RAM, a little mask ROM, eFuses and peripheral registers. @module */
import { readU32, writeU32 } from "../bytes.js";
import { CpuException } from "./cpu.js";

/** A register with a behaviour of its own. */
export interface Register {
  read?(): number;
  write?(value: number): void;
}

/** Unaligned access. */
export const EXCEPTION_UNALIGNED = 9;
/** Load from, and store to, an address where there is nothing. */
export const EXCEPTION_LOAD_PROHIBITED = 28;
export const EXCEPTION_STORE_PROHIBITED = 29;

/** A word of mask-ROM code by which hosts recognise the chip. */
export const CHIP_MAGIC_ADDRESS = 0x40001000;
export const CHIP_MAGIC = 0xfff0c101;

interface RamBank {
  readonly start: number;
  readonly bytes: Uint8Array;
}

const EFUSE_ADDRESS = 0x3ff00050;

/**
 * DRAM 0x3FFE8000 to 0x3FFFFFFF and IRAM 0x40100000 to 0x4010FFFF hold what is written; registers at 0x60000000 and
 * 0x3FF00000 without a behaviour of their own read 0 until they are written. ROM reads 0 except for the chip's magic
 * word. Everything else raises an exception.
 */
export class Memory {
  readonly #banks: readonly RamBank[] = [
    { start: 0x3ffe8000, bytes: new Uint8Array(0x18000) },
    { start: 0x40100000, bytes: new Uint8Array(0x10000) },
  ];
  readonly #registers = new Map<number, Register>();
  readonly #plain = new Map<number, number>();

  constructor(efuseWords: readonly [number, number, number, number]) {
    for (const [i, word] of efuseWords.entries()) {
      this.define(EFUSE_ADDRESS + 4 * i, { read: () => word >>> 0, write: () => {} });
    }
  }

  /** Gives one register its behaviour. */
  define(address: number, register: Register): void {
    this.#registers.set(address, register);
  }

  /** A reset: registers lose what was written; RAM keeps it, and so does the RTC's memory. */
  reset(): void {
    for (const address of this.#plain.keys()) {
      if (!isRtcMemory(address)) this.#plain.delete(address);
    }
  }

  /** Power was off: RAM holds noise in reality, zeros here. */
  forget(): void {
    for (const bank of this.#banks) bank.bytes.fill(0);
    this.#plain.clear();
  }

  /** @throws CpuException when unaligned or unmapped */
  read32(address: number): number {
    if ((address & 3) !== 0) throw new CpuException(EXCEPTION_UNALIGNED, address);
    const bank = this.#bank(address);
    if (bank !== undefined) return readU32(bank.bytes, address - bank.start);
    const register = this.#registers.get(address);
    if (register !== undefined) return (register.read?.() ?? this.#plain.get(address) ?? 0) >>> 0;
    if (address === CHIP_MAGIC_ADDRESS) return CHIP_MAGIC;
    if (isRom(address)) return 0;
    if (isPeripheral(address)) return this.#plain.get(address) ?? 0;
    throw new CpuException(EXCEPTION_LOAD_PROHIBITED, address);
  }

  /** @throws CpuException when unaligned or unmapped */
  write32(address: number, value: number): void {
    if ((address & 3) !== 0) throw new CpuException(EXCEPTION_UNALIGNED, address);
    const bank = this.#bank(address);
    if (bank !== undefined) {
      writeU32(bank.bytes, address - bank.start, value);
      return;
    }
    const register = this.#registers.get(address);
    if (register?.write !== undefined) {
      register.write(value >>> 0);
      return;
    }
    if (!isPeripheral(address)) throw new CpuException(EXCEPTION_STORE_PROHIBITED, address);
    this.#plain.set(address, value >>> 0);
  }

  /**
   * Bytes into RAM, as a memcpy does.
   * @throws CpuException where there is no RAM
   */
  writeBytes(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const bank = this.#bank(address);
    if (bank === undefined || address - bank.start + bytes.length > bank.bytes.length) {
      throw new CpuException(EXCEPTION_STORE_PROHIBITED, address);
    }
    bank.bytes.set(bytes, address - bank.start);
  }

  /**
   * RAM as it is, not a copy.
   * @throws CpuException where there is no RAM
   */
  view(address: number, length: number): Uint8Array {
    const bank = this.#bank(address);
    if (bank === undefined || address - bank.start + length > bank.bytes.length) {
      throw new CpuException(EXCEPTION_LOAD_PROHIBITED, address);
    }
    return bank.bytes.subarray(address - bank.start, address - bank.start + length);
  }

  #bank(address: number): RamBank | undefined {
    for (const bank of this.#banks) {
      if (address >= bank.start && address < bank.start + bank.bytes.length) return bank;
    }
    return undefined;
  }
}

function isRom(address: number): boolean {
  return address >= 0x40000000 && address < 0x40010000;
}

/** 768 bytes that have their own supply. */
function isRtcMemory(address: number): boolean {
  return address >= 0x60001000 && address < 0x60001300;
}

function isPeripheral(address: number): boolean {
  return (address >= 0x60000000 && address < 0x60010000) || (address >= 0x3ff00000 && address < 0x3ff10000);
}
