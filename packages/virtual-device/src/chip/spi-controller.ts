/** The flash controller SPI0 at 0x60000200, as software drives it through its registers. @module */
import { readU32, writeU32 } from "../bytes.js";
import { type NorFlash, StatusBit } from "../flash/nor-flash.js";
import type { Memory } from "./memory.js";

const BASE = 0x60000200;
const CMD = BASE + 0x00;
const ADDR = BASE + 0x04;
const RD_STATUS = BASE + 0x10;
const USER = BASE + 0x1c;
const USER1 = BASE + 0x20;
const USER2 = BASE + 0x24;
const BUFFER = BASE + 0x40;
const BUFFER_BYTES = 64;

/** Which bit of CMD starts what. */
const Bit = {
  read: 31,
  writeEnable: 30,
  writeDisable: 29,
  readId: 28,
  readStatus: 27,
  writeStatus: 26,
  pageProgram: 25,
  sectorErase: 24,
  blockErase: 23,
  chipErase: 22,
  powerDown: 21,
  wakeUp: 20,
  user: 18,
} as const;

/** Phases of a user command, bits of USER. */
const Phase = { address: 30, miso: 28, mosi: 27 } as const;

/**
 * A write to CMD runs the command at once and CMD reads 0 again. Before the pins are routed to the flash nothing
 * answers and every bit reads 1.
 */
export class SpiController {
  readonly #flash: NorFlash;
  readonly #now: (() => number) | undefined;
  readonly #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #words = new Map<number, number>();
  #busyUntil = 0;
  /** Whether the flash pins are routed to the controller. */
  attached = false;

  /** `now` in ms tells when the flash is done with what it was given; without it the flash is done at once. */
  constructor(flash: NorFlash, memory: Memory, now?: () => number) {
    this.#flash = flash;
    this.#now = now;
    memory.define(CMD, { read: () => 0, write: (bits) => this.#start(bits) });
    for (const address of [ADDR, RD_STATUS, USER, USER1, USER2]) {
      memory.define(address, {
        read: () => this.#word(address),
        write: (value) => void this.#words.set(address, value),
      });
    }
    for (let i = 0; i < BUFFER_BYTES; i += 4) {
      memory.define(BUFFER + i, {
        read: () => readU32(this.#buffer, i),
        write: (value) => writeU32(this.#buffer, i, value),
      });
    }
  }

  /** While it programs or erases, the flash answers status reads and takes nothing else. */
  get #isBusy(): boolean {
    return this.#now !== undefined && this.#now() < this.#busyUntil;
  }

  #word(address: number): number {
    return this.#words.get(address) ?? 0;
  }

  #start(bits: number): void {
    if (has(bits, Bit.user)) {
      this.#user();
      return;
    }
    if (!this.attached) {
      this.#readNothing(bits);
      return;
    }
    if (has(bits, Bit.readStatus)) this.#words.set(RD_STATUS, this.#answer(0x05, 0, 1)[0]!);
    if (this.#isBusy) return;
    const address = this.#word(ADDR) & 0xffffff;
    const flash = this.#flash;
    if (has(bits, Bit.writeEnable)) flash.command(0x06);
    if (has(bits, Bit.writeDisable)) flash.command(0x04);
    if (has(bits, Bit.wakeUp)) flash.command(0xab);
    if (has(bits, Bit.powerDown)) flash.command(0xb9);
    if (has(bits, Bit.readId)) this.#fill(this.#answer(0x9f, 0, 3));
    if (has(bits, Bit.writeStatus)) this.#busy(flash.writeStatus(0, this.#word(RD_STATUS) & 0xff));
    if (has(bits, Bit.sectorErase)) this.#busy(flash.erase("sector", address));
    if (has(bits, Bit.blockErase)) this.#busy(flash.erase("block", address));
    if (has(bits, Bit.chipErase)) this.#busy(flash.erase("chip", 0));
    const length = Math.min(this.#word(ADDR) >>> 24, BUFFER_BYTES);
    if (has(bits, Bit.pageProgram)) this.#busy(flash.program(address, this.#buffer.slice(0, length)));
    if (has(bits, Bit.read)) this.#fill(this.#answer(0x03, address, length));
  }

  #readNothing(bits: number): void {
    if (has(bits, Bit.readId)) this.#fill(Uint8Array.of(0xff, 0xff, 0xff));
    if (has(bits, Bit.readStatus)) this.#words.set(RD_STATUS, 0xff);
  }

  /** A command that software lays out itself: code, address, dummy cycles, bits out, bits in. */
  #user(): void {
    const phases = this.#word(USER);
    const lengths = this.#word(USER1);
    const code = this.#word(USER2) & 0xff;
    const addressBits = has(phases, Phase.address) ? (lengths >>> 26) + 1 : 0;
    const address = addressBits === 0 ? 0 : this.#word(ADDR) >>> (32 - addressBits);
    const outBytes = has(phases, Phase.mosi) ? bitsToBytes((lengths >>> 17) & 0x1ff) : 0;
    const inBytes = has(phases, Phase.miso) ? bitsToBytes((lengths >>> 8) & 0x1ff) : 0;
    if (this.attached && !this.#isBusy && (outBytes > 0 || inBytes === 0)) {
      this.#take(code, address, this.#buffer.slice(0, outBytes));
    }
    if (inBytes > 0) this.#fill(this.#answer(code, address, inBytes));
  }

  /** Commands that change something or carry no answer. */
  #take(code: number, address: number, out: Uint8Array): void {
    const flash = this.#flash;
    // Command 01 with two bytes writes status registers 1 and 2 under one write enable.
    if (code === 0x01 && out.length > 0) this.#busy(flash.writeStatus(0, ...out.subarray(0, 2)));
    else if (code === 0x31 && out.length > 0) this.#busy(flash.writeStatus(1, out[0]!));
    else if (code === 0x11 && out.length > 0) this.#busy(flash.writeStatus(2, out[0]!));
    else if (code === 0x02) this.#busy(flash.program(address, out));
    else if (code === 0x20) this.#busy(flash.erase("sector", address));
    else if (code === 0xd8) this.#busy(flash.erase("block", address));
    else if (code === 0xc7 || code === 0x60) this.#busy(flash.erase("chip", 0));
    else flash.command(code);
  }

  /** What the flash puts on the line for `count` bytes: all ones when it sleeps, is absent or does not know the code. */
  #answer(code: number, address: number, count: number): Uint8Array {
    const answer = new Uint8Array(count).fill(0xff);
    const flash = this.#flash;
    if (!this.attached || flash.poweredDown || (this.#isBusy && code !== 0x05)) return answer;
    if (code === 0x9f) answer.set(flash.spec.jedecId.slice(0, count));
    else if (code === 0x05) answer.fill(flash.status(0) | (this.#isBusy ? StatusBit.busy : 0));
    else if (code === 0x35) answer.fill(flash.status(1));
    else if (code === 0x15) answer.fill(flash.status(2));
    else if (code === 0x4b) answer.set(flash.spec.uniqueId.slice(0, count));
    else if (code === 0x5a) answer.set(sfdp(address, count));
    else if (code === 0x03 || code === 0x0b) answer.set(flash.read(address, count));
    return answer;
  }

  #fill(bytes: Uint8Array): void {
    this.#buffer.fill(0, 0, (bytes.length + 3) & ~3);
    this.#buffer.set(bytes);
  }

  #busy(ms: number): void {
    if (this.#now !== undefined) this.#busyUntil = this.#now() + ms;
  }
}

function has(bits: number, bit: number): boolean {
  return ((bits >>> bit) & 1) === 1;
}

function bitsToBytes(bitsLessOne: number): number {
  return Math.min((bitsLessOne + 8) >> 3, BUFFER_BYTES);
}

/** The head of an SFDP table: signature, revision 1.6, one parameter header for the JEDEC basic table at 0x30. */
const SFDP = [0x50444653, 0xff000106, 0x10010600, 0xff000030];

function sfdp(address: number, count: number): Uint8Array {
  const table = new Uint8Array(0x100).fill(0xff);
  for (const [i, word] of SFDP.entries()) writeU32(table, 4 * i, word);
  return table.slice(address & 0xff, (address & 0xff) + count);
}
