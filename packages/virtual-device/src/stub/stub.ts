/** The flasher stub in RAM, generation 2, version 1.2.2: greeting, commands, and work that is done after its answer. @module */
import { md5 } from "@noble/hashes/legacy.js";
import { readU16, readU32, textBytes, xorChecksum } from "../bytes.js";
import { CpuException, type Program, type Routine } from "../chip/cpu.js";
import { ChipMode, type Machine } from "../chip/machine.js";
import { BLOCK_SIZE, EraseKind, SECTOR_SIZE } from "../flash/flash-timing.js";
import { readFlash } from "../rom/rom-flash.js";
import { frame } from "../rom/rom-slip.js";
import { HASH_MS_PER_BYTE, readSession } from "./read-session.js";
import { StubStatus } from "./status.js";
import { overwritesStub } from "./stub-program.js";
import { FRAME_MS, type ReceivedFrame, StubReceiver } from "./stub-slip.js";
import { WriteSession } from "./write-session.js";

const HEADER = 8;
const DATA_HEADER = 16;
const SYNC_REPLIES = 8;
const SYNC_LENGTH = 36;
/** From the jump to the greeting. */
const START_MS = 10;
/** The stub computes every rate as if it ran at this one, whatever it runs at. */
const ASSUMED_BAUD = 115200;
/** Before and after a change of rate. */
const BAUD_SETTLE_MS = 5;
/** Milliseconds per payload byte: gaps of 16 KiB and 4 KiB blocks differ by what it takes to sum 12 KiB. */
const CHECKSUM_MS_PER_BYTE = 0.25e-3;

/** What a command gives back beside its status. */
interface Result {
  readonly status: StubStatus;
  readonly value?: number;
  readonly data?: Uint8Array;
  /** Work after the answer; its status is told to the next command, whatever that is. */
  readonly after?: () => Routine<StubStatus>;
}

const OK: Result = { status: StubStatus.ok };
const failure = (status: StubStatus): Result => ({ status });

/** A command as it came. */
interface Command {
  readonly opcode: number;
  readonly checksum: number;
  readonly body: Uint8Array;
  readonly received: ReceivedFrame;
}

/** Greets with OHAI, then answers commands until one leads out. */
export function* stub(machine: Machine): Program {
  machine.mode = ChipMode.stub;
  return yield* new Stub(machine).run();
}

class Stub {
  readonly #machine: Machine;
  readonly #receiver: StubReceiver;
  #write: WriteSession | undefined;
  #memory: { address: number; remaining: number } | undefined;
  #pending: StubStatus = StubStatus.ok;
  #exit: number | undefined;

  constructor(machine: Machine) {
    this.#machine = machine;
    const { cpu, statistics } = machine;
    this.#receiver = new StubReceiver({
      onFrame: () => cpu.wake(),
      onBroken: () => void statistics.badFrames++,
      onOverflow: () => void statistics.receiveOverflows++,
    });
  }

  *run(): Program {
    const { uart, spi, statistics } = this.#machine;
    uart.receiver = this.#receiver;
    yield START_MS;
    spi.attached = true;
    yield* uart.transmit(frame(textBytes("OHAI")));
    while (this.#exit === undefined) {
      const received = this.#receiver.take();
      if (received === undefined) {
        yield undefined;
        continue;
      }
      statistics.framesReceived++;
      yield FRAME_MS;
      yield* this.#answer(received);
      received.release();
    }
    uart.receiver = undefined;
    return this.#machine.jump(this.#exit);
  }

  *#answer(received: ReceivedFrame): Routine<void> {
    const { packet } = received;
    const opcode = packet[1] ?? 0;
    if (packet[0] !== 0) return yield* this.#reply(opcode, failure(StubStatus.unknownCommand));
    if (packet.length !== HEADER + readU16(packet, 2)) {
      this.#machine.statistics.badFrames++;
      return yield* this.#reply(opcode, failure(StubStatus.badLength));
    }
    if (this.#pending !== StubStatus.ok) {
      const status = this.#pending;
      this.#pending = StubStatus.ok;
      return yield* this.#reply(opcode, failure(status));
    }
    if (opcode === 0xd3) return;
    const command = { opcode, checksum: readU32(packet, 4), body: packet.subarray(HEADER), received };
    const result = yield* this.#execute(command);
    yield* this.#reply(opcode, result);
    if (result.after !== undefined) this.#pending = yield* result.after();
  }

  *#reply(opcode: number, result: Result): Routine<void> {
    const data = result.status === StubStatus.ok ? (result.data ?? new Uint8Array(0)) : new Uint8Array(0);
    const packet = new Uint8Array(HEADER + data.length + 2);
    const value = result.value ?? 0;
    packet.set([1, opcode, data.length + 2, 0, value, value >>> 8, value >>> 16, value >>> 24]);
    packet.set(data, HEADER);
    packet[HEADER + data.length] = result.status;
    yield* this.#machine.uart.transmit(frame(packet));
  }

  *#execute(command: Command): Routine<Result> {
    const { opcode, body } = command;
    switch (opcode) {
      case 0x02:
      case 0x10:
        return yield* this.#writeBegin(body);
      case 0x03:
        return yield* this.#writeData(command);
      case 0x04:
      case 0x12:
        return this.#writeEnd(body);
      case 0x05:
        return this.#memBegin(body);
      case 0x06:
        return this.#memEnd(body);
      case 0x07:
        return this.#memData(body);
      case 0x08:
        return yield* this.#sync(body);
      case 0x09:
        return yield* this.#writeReg(body);
      case 0x0a:
        return body.length === 4 ? this.#readReg(body) : failure(StubStatus.badLength);
      case 0x0b:
        return body.length === 24 ? OK : failure(StubStatus.badLength);
      case 0x0d:
        return body.length === 4 ? OK : failure(StubStatus.badLength);
      case 0x0f:
        return this.#changeBaudRate(body);
      case 0x11:
        return yield* this.#writePackedData(command);
      case 0x13:
        return yield* this.#md5(body);
      case 0xd0:
        return yield* this.#eraseChip();
      case 0xd1:
        return yield* this.#eraseRegion(body);
      case 0xd2:
        return this.#readFlash(command);
      default:
        return this.#unknown(opcode);
    }
  }

  #unknown(opcode: number): Result {
    this.#machine.statistics.unknownCommands++;
    const isReserved = opcode === 0x14 || (opcode >= 0xd5 && opcode <= 0xef);
    return failure(isReserved ? StubStatus.notImplemented : StubStatus.unknownCommand);
  }

  *#sync(body: Uint8Array): Routine<Result> {
    if (body.length !== SYNC_LENGTH) return failure(StubStatus.badLength);
    for (let i = 1; i < SYNC_REPLIES; i++) yield* this.#reply(0x08, OK);
    return OK;
  }

  *#writeBegin(body: Uint8Array): Routine<Result> {
    if (body.length !== 16 && body.length !== 20) return failure(StubStatus.badLength);
    this.#write = new WriteSession(this.#machine, {
      size: readU32(body, 0),
      offset: readU32(body, 12),
      encrypted: readU32(body, 16) !== 0,
    });
    return failure(yield* this.#write.begin());
  }

  *#writeData({ body, checksum }: Command): Routine<Result> {
    if (body.length < DATA_HEADER) return failure(StubStatus.notEnoughData);
    const session = this.#write;
    if (session === undefined) return failure(StubStatus.notBegun);
    const payload = body.subarray(DATA_HEADER);
    if (readU32(body, 0) !== payload.length) return failure(StubStatus.tooMuchData);
    yield payload.length * CHECKSUM_MS_PER_BYTE;
    if (xorChecksum(payload) !== checksum) return failure(StubStatus.badChecksum);
    return { status: StubStatus.ok, after: () => session.write(payload) };
  }

  *#writePackedData({ body, checksum }: Command): Routine<Result> {
    if (body.length < DATA_HEADER) return failure(StubStatus.badLength);
    const session = this.#write;
    if (session === undefined) return failure(StubStatus.notBegun);
    if (session.remaining === 0) return failure(StubStatus.tooMuchData);
    const payload = body.subarray(DATA_HEADER, DATA_HEADER + readU32(body, 0));
    yield payload.length * CHECKSUM_MS_PER_BYTE;
    if (xorChecksum(payload) !== checksum) return failure(StubStatus.badChecksum);
    return { status: StubStatus.ok, after: () => session.writePacked(payload, readU32(body, 4)) };
  }

  /** The word that asks for a reboot is not looked at. */
  #writeEnd(body: Uint8Array): Result {
    if (body.length !== 4) return failure(StubStatus.badLength);
    if (this.#write === undefined) return failure(StubStatus.notBegun);
    if (this.#write.remaining !== 0) return failure(StubStatus.badLength);
    this.#write = undefined;
    return OK;
  }

  #memBegin(body: Uint8Array): Result {
    if (body.length !== 16) return failure(StubStatus.badLength);
    this.#memory = { remaining: readU32(body, 0), address: readU32(body, 12) };
    return OK;
  }

  /** The checksum is not looked at. Writing over the stub ends it. */
  #memData(body: Uint8Array): Result {
    if (body.length < DATA_HEADER) return failure(StubStatus.notEnoughData);
    const transfer = this.#memory;
    if (transfer === undefined) return failure(StubStatus.notBegun);
    const payload = body.subarray(DATA_HEADER);
    if (payload.length > transfer.remaining || readU32(body, 0) !== payload.length) {
      return failure(StubStatus.tooMuchData);
    }
    if (overwritesStub(transfer.address, payload.length)) throw new CpuException(0, transfer.address);
    this.#machine.memory.writeBytes(transfer.address, payload);
    transfer.address += payload.length;
    transfer.remaining -= payload.length;
    return OK;
  }

  #memEnd(body: Uint8Array): Result {
    if (body.length !== 8) return failure(StubStatus.badLength);
    if (this.#memory === undefined) return failure(StubStatus.notBegun);
    this.#memory = undefined;
    if (readU32(body, 0) === 0) this.#exit = readU32(body, 4);
    return OK;
  }

  *#writeReg(body: Uint8Array): Routine<Result> {
    if (body.length === 0 || body.length % 16 !== 0) return failure(StubStatus.notEnoughData);
    const { memory } = this.#machine;
    for (let at = 0; at < body.length; at += 16) {
      const address = readU32(body, at);
      const mask = readU32(body, at + 8);
      yield readU32(body, at + 12) / 1000;
      const kept = mask === 0xffffffff ? 0 : memory.read32(address) & ~mask;
      memory.write32(address, (readU32(body, at + 4) & mask) | kept);
    }
    return OK;
  }

  #readReg(body: Uint8Array): Result {
    return { status: StubStatus.ok, value: this.#machine.memory.read32(readU32(body, 0)) };
  }

  #changeBaudRate(body: Uint8Array): Result {
    if (body.length !== 8) return failure(StubStatus.badLength);
    const wanted = readU32(body, 0);
    return { status: StubStatus.ok, after: () => this.#setBaudRate(wanted) };
  }

  *#setBaudRate(wanted: number): Routine<StubStatus> {
    const { uart } = this.#machine;
    yield BAUD_SETTLE_MS;
    if (wanted === 0) throw new CpuException(6, 0);
    uart.divisor = Math.floor((uart.divisor * ASSUMED_BAUD) / wanted);
    yield BAUD_SETTLE_MS;
    return StubStatus.ok;
  }

  *#md5(body: Uint8Array): Routine<Result> {
    if (body.length !== 16) return failure(StubStatus.badLength);
    const offset = readU32(body, 0);
    const size = readU32(body, 4);
    const hash = md5.create();
    for (let done = 0; done < size; done += SECTOR_SIZE) {
      const data = readFlash(this.#machine, offset + done, Math.min(SECTOR_SIZE, size - done));
      if (data === undefined) return failure(StubStatus.flashFailed);
      hash.update(data);
      yield data.length * HASH_MS_PER_BYTE;
    }
    return { status: StubStatus.ok, data: hash.digest() };
  }

  *#eraseChip(): Routine<Result> {
    const { flash } = this.#machine;
    flash.command(0x06);
    yield flash.erase(EraseKind.chip, 0);
    return OK;
  }

  /** Unlike every other access this does not ask the ROM's descriptor where the flash ends. */
  *#eraseRegion(body: Uint8Array): Routine<Result> {
    if (body.length !== 8) return failure(StubStatus.badLength);
    let offset = readU32(body, 0);
    let left = readU32(body, 4);
    if (offset % SECTOR_SIZE !== 0 || left % SECTOR_SIZE !== 0) return failure(StubStatus.badLength);
    const { flash } = this.#machine;
    while (left > 0) {
      const inBlock = offset % BLOCK_SIZE === 0 && left >= BLOCK_SIZE;
      flash.command(0x06);
      yield flash.erase(inBlock ? EraseKind.block : EraseKind.sector, offset);
      offset += inBlock ? BLOCK_SIZE : SECTOR_SIZE;
      left -= inBlock ? BLOCK_SIZE : SECTOR_SIZE;
    }
    return OK;
  }

  /** The command's own frame is given back first, so that both buffers take acknowledgements. */
  #readFlash({ body, received }: Command): Result {
    if (body.length !== 16) return failure(StubStatus.badLength);
    const request = { offset: readU32(body, 0), size: readU32(body, 4), packetSize: readU32(body, 8) };
    const after = (): Routine<StubStatus> => {
      received.release();
      return readSession(this.#machine, this.#receiver, request);
    };
    return { status: StubStatus.ok, after };
  }
}
