/** The mask ROM's UART loader: one command, one reply, until one of them leads out. @module */
import { readU16, readU32, writeU32, xorChecksum } from "../bytes.js";
import type { Program, Routine } from "../chip/cpu.js";
import { ChipMode, type Machine } from "../chip/machine.js";
import { BOOT_FLASH_ENTRY, PACKET_BUFFER, PACKET_LIMIT } from "./addresses.js";
import { eraseArea, lockFlash, readFlash, setDescriptor, unlockFlash, writeFlash } from "./rom-flash.js";
import { frame, RomReceiver } from "./rom-slip.js";

/** The commands of the ROM; its dispatch table ends behind the last. */
const Op = {
  flashBegin: 0x02,
  flashData: 0x03,
  flashEnd: 0x04,
  memBegin: 0x05,
  memEnd: 0x06,
  memData: 0x07,
  sync: 0x08,
  writeReg: 0x09,
  readReg: 0x0a,
  spiSetParams: 0x0b,
} as const;

/** Second status byte of a failed command. */
const Reason = { malformed: 0x05, failed: 0x06, checksum: 0x07, readBack: 0x08 } as const;

const HEADER = 8;
const DATA_HEADER = 16;
const BLOCK_LIMIT = 0x1800;
const SYNC_REPLIES = 8;
/** Milliseconds per byte of the checksum loop: the length of a block at which streaming breaks gives it. */
const CHECKSUM_MS_PER_BYTE = 0.33e-3;

/** Counters of a FLASH_ or MEM_ transfer. The ROM begins with zeros. */
interface Transfer {
  size: number;
  blocks: number;
  blockSize: number;
  address: number;
  nextBlock: number;
  written: number;
}

/** Status of one command; `undefined` keeps the last reason in the second byte, which success does not clear. */
type Outcome = number | undefined;

/** The loader from its first command to the jump out of it. The rate is settled already. */
export function* romLoader(machine: Machine): Program {
  machine.mode = ChipMode.rom;
  return yield* new RomLoader(machine).run();
}

class RomLoader {
  readonly #machine: Machine;
  readonly #packet: Uint8Array;
  readonly #receiver: RomReceiver;
  /** The static reply: only SYNC and READ_REG write its value, only failures its reason. */
  readonly #reply = new Uint8Array([1, 0, 2, 0, 0, 0, 0, 0, 0, 0]);
  readonly #flash = newTransfer();
  readonly #memory = newTransfer();
  #exit: number | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#packet = machine.memory.view(PACKET_BUFFER, PACKET_LIMIT);
    const { cpu, statistics } = machine;
    this.#receiver = new RomReceiver(
      this.#packet,
      () => !cpu.idle,
      () => cpu.wake(),
      (lost) => {
        statistics.receiveOverflows += lost;
      },
    );
  }

  *run(): Program {
    const { uart, statistics } = this.#machine;
    uart.receiver = this.#receiver;
    while (this.#exit === undefined) {
      const length = this.#receiver.take();
      if (length === undefined) {
        yield undefined;
        continue;
      }
      statistics.framesReceived++;
      if (length < HEADER) statistics.badFrames++;
      yield* this.#answer();
    }
    uart.receiver = undefined;
    return this.#machine.jump(this.#exit);
  }

  *#answer(): Routine<void> {
    const opcode = this.#packet[1]!;
    const isKnown = this.#packet[0] === 0 && opcode >= Op.flashBegin && opcode <= Op.spiSetParams;
    if (isKnown) this.#reply[1] = opcode;
    else this.#machine.statistics.unknownCommands++;
    const reason = isKnown ? yield* this.#execute(opcode, readU16(this.#packet, 2)) : Reason.malformed;
    this.#reply[8] = reason === undefined ? 0 : 1;
    if (reason !== undefined) this.#reply[9] = reason;
    const repeats = this.#reply[1] === Op.sync ? SYNC_REPLIES : 1;
    for (let i = 0; i < repeats; i++) yield* this.#machine.uart.transmit(frame(this.#reply));
  }

  *#execute(opcode: number, length: number): Routine<Outcome> {
    switch (opcode) {
      case Op.flashBegin:
        return yield* this.#flashBegin(length);
      case Op.flashData:
        return yield* this.#flashData(length);
      case Op.flashEnd:
        return yield* this.#flashEnd();
      case Op.memBegin:
        return this.#begin(this.#memory, length) ? undefined : Reason.malformed;
      case Op.memData:
        return yield* this.#memData(length);
      case Op.memEnd:
        return this.#memEnd(length);
      case Op.sync:
        writeU32(this.#reply, 4, this.#word(0));
        return undefined;
      case Op.writeReg:
        return yield* this.#writeReg(length);
      case Op.readReg:
        writeU32(this.#reply, 4, this.#machine.memory.read32(this.#word(0)));
        return undefined;
      default:
        return this.#spiSetParams(length);
    }
  }

  /** Word `index` of the body. */
  #word(index: number): number {
    return readU32(this.#packet, HEADER + 4 * index);
  }

  #begin(transfer: Transfer, length: number): boolean {
    const blockSize = this.#word(2);
    if (length !== 16 || blockSize > BLOCK_LIMIT) return false;
    transfer.size = this.#word(0);
    transfer.blocks = this.#word(1);
    transfer.blockSize = blockSize;
    transfer.address = this.#word(3);
    transfer.nextBlock = 0;
    transfer.written = 0;
    return true;
  }

  /** The counters are set even when the erase is refused, so that blocks may follow all the same. */
  *#flashBegin(length: number): Routine<Outcome> {
    if (!this.#begin(this.#flash, length)) return Reason.malformed;
    this.#machine.spi.attached = true;
    yield* unlockFlash(this.#machine);
    const { address, size } = this.#flash;
    return (yield* eraseArea(this.#machine, address, size)) ? undefined : Reason.failed;
  }

  /** The payload of a *_DATA packet, or the reason to refuse it. The expected number advances before the checksum. */
  *#payload(transfer: Transfer, length: number, multipleOf: number): Routine<Uint8Array | number> {
    const size = this.#word(0);
    if (length > BLOCK_LIMIT + DATA_HEADER || this.#word(1) !== transfer.nextBlock) return Reason.malformed;
    if (size > transfer.blockSize || size % multipleOf !== 0) return Reason.malformed;
    transfer.nextBlock++;
    const payload = this.#packet.subarray(HEADER + DATA_HEADER, HEADER + DATA_HEADER + size);
    yield size * CHECKSUM_MS_PER_BYTE;
    return xorChecksum(payload) === this.#packet[4] ? payload : Reason.checksum;
  }

  /** Writes, reads back into the packet buffer and compares the checksum of that; the result of the write is ignored. */
  *#flashData(length: number): Routine<Outcome> {
    const payload = yield* this.#payload(this.#flash, length, 4);
    if (typeof payload === "number") return payload;
    const { address } = this.#flash;
    yield* writeFlash(this.#machine, address, payload);
    this.#flash.address += payload.length;
    this.#flash.written += payload.length;
    const stored = readFlash(this.#machine, address, payload.length);
    if (stored !== undefined) payload.set(stored);
    yield payload.length * CHECKSUM_MS_PER_BYTE;
    return xorChecksum(payload) === this.#packet[4] ? undefined : Reason.readBack;
  }

  /** Leaves in every case; locks the flash only when the counters agree. */
  *#flashEnd(): Routine<Outcome> {
    this.#exit = BOOT_FLASH_ENTRY;
    const { blocks, nextBlock, size, written } = this.#flash;
    if (blocks !== nextBlock || size !== written) return Reason.failed;
    yield* lockFlash(this.#machine);
    return undefined;
  }

  *#memData(length: number): Routine<Outcome> {
    const payload = yield* this.#payload(this.#memory, length, 1);
    if (typeof payload === "number") return payload;
    this.#machine.memory.writeBytes(this.#memory.address, payload);
    this.#memory.address += payload.length;
    this.#memory.written += payload.length;
    return undefined;
  }

  #memEnd(length: number): Outcome {
    if (length > 8) return Reason.malformed;
    if (this.#packet[HEADER] === 0) this.#exit = this.#word(1);
    return undefined;
  }

  *#writeReg(length: number): Routine<Outcome> {
    const { memory } = this.#machine;
    for (let entry = 0; entry < Math.floor(length / 16); entry++) {
      const address = this.#word(4 * entry);
      const mask = this.#word(4 * entry + 2);
      yield (this.#word(4 * entry + 3) & 0xffff) / 1000;
      memory.write32(address, (memory.read32(address) & ~mask) | (this.#word(4 * entry + 1) & mask));
    }
    return undefined;
  }

  #spiSetParams(length: number): Outcome {
    if (length !== 24) return Reason.malformed;
    setDescriptor(
      this.#machine,
      [0, 1, 2, 3, 4, 5].map((index) => this.#word(index)),
    );
    return undefined;
  }
}

function newTransfer(): Transfer {
  return { size: 0, blocks: 0, blockSize: 0, address: 0, nextBlock: 0, written: 0 };
}
