/** The flasher stub in RAM, generation 2, version 1.2.2: greeting, commands, and work that is done after its answer. @module */
import { readU16, readU32, textBytes, xorChecksum } from "../bytes.js";
import { CpuException, type Program, type Routine } from "../chip/cpu.js";
import { ChipMode, type Machine } from "../chip/machine.js";
import { frame } from "../rom/rom-slip.js";
import { eraseChip, eraseRegion, hashFlash } from "./flash-commands.js";
import { MemoryTransfer } from "./memory-transfer.js";
import { StubOp } from "./opcodes.js";
import { readSession } from "./read-session.js";
import { answer, OK, type Result } from "./result.js";
import { StubStatus } from "./status.js";
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
  readonly #memory: MemoryTransfer;
  #pending: StubStatus = StubStatus.ok;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#memory = new MemoryTransfer(machine.memory);
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
    while (this.#memory.entry === undefined) {
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
    return this.#machine.jump(this.#memory.entry);
  }

  *#answer(received: ReceivedFrame): Routine<void> {
    const { packet } = received;
    const opcode = packet[1] ?? 0;
    if (packet[0] !== 0) return yield* this.#reply(opcode, answer(StubStatus.unknownCommand));
    if (packet.length !== HEADER + readU16(packet, 2)) {
      this.#machine.statistics.badFrames++;
      return yield* this.#reply(opcode, answer(StubStatus.badLength));
    }
    if (this.#pending !== StubStatus.ok) {
      const status = this.#pending;
      this.#pending = StubStatus.ok;
      return yield* this.#reply(opcode, answer(status));
    }
    if (opcode === StubOp.runUserCode) return;
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
      case StubOp.flashBegin:
      case StubOp.deflBegin:
        return yield* this.#writeBegin(body);
      case StubOp.flashData:
        return yield* this.#writeData(command);
      case StubOp.flashEnd:
      case StubOp.deflEnd:
        return this.#writeEnd(body);
      case StubOp.memBegin:
        return this.#memory.begin(body);
      case StubOp.memEnd:
        return this.#memory.end(body);
      case StubOp.memData:
        return this.#memory.data(body);
      case StubOp.sync:
        return yield* this.#sync(body);
      case StubOp.writeReg:
        return yield* this.#writeReg(body);
      case StubOp.readReg:
        return body.length === 4 ? this.#readReg(body) : answer(StubStatus.badLength);
      case StubOp.spiSetParams:
        return body.length === 24 ? OK : answer(StubStatus.badLength);
      case StubOp.spiAttach:
        return body.length === 4 ? OK : answer(StubStatus.badLength);
      case StubOp.changeBaudRate:
        return this.#changeBaudRate(body);
      case StubOp.deflData:
        return yield* this.#writePackedData(command);
      case StubOp.flashMd5:
        return yield* hashFlash(this.#machine, body);
      case StubOp.eraseFlash:
        return yield* eraseChip(this.#machine);
      case StubOp.eraseRegion:
        return yield* eraseRegion(this.#machine, body);
      case StubOp.readFlash:
        return this.#readFlash(command);
      default:
        return this.#unknown(opcode);
    }
  }

  #unknown(opcode: number): Result {
    this.#machine.statistics.unknownCommands++;
    const isReserved =
      opcode === StubOp.getSecurityInfo || (opcode >= StubOp.firstNand && opcode <= StubOp.lastNand);
    return answer(isReserved ? StubStatus.notImplemented : StubStatus.unknownCommand);
  }

  *#sync(body: Uint8Array): Routine<Result> {
    if (body.length !== SYNC_LENGTH) return answer(StubStatus.badLength);
    for (let i = 1; i < SYNC_REPLIES; i++) yield* this.#reply(StubOp.sync, OK);
    return OK;
  }

  *#writeBegin(body: Uint8Array): Routine<Result> {
    if (body.length !== 16 && body.length !== 20) return answer(StubStatus.badLength);
    this.#write = new WriteSession(this.#machine, {
      size: readU32(body, 0),
      offset: readU32(body, 12),
      encrypted: readU32(body, 16) !== 0,
    });
    return answer(yield* this.#write.begin());
  }

  *#writeData({ body, checksum }: Command): Routine<Result> {
    if (body.length < DATA_HEADER) return answer(StubStatus.notEnoughData);
    const session = this.#write;
    if (session === undefined) return answer(StubStatus.notBegun);
    const payload = body.subarray(DATA_HEADER);
    if (readU32(body, 0) !== payload.length) return answer(StubStatus.tooMuchData);
    yield payload.length * CHECKSUM_MS_PER_BYTE;
    if (xorChecksum(payload) !== checksum) return answer(StubStatus.badChecksum);
    return { status: StubStatus.ok, after: () => session.write(payload) };
  }

  *#writePackedData({ body, checksum }: Command): Routine<Result> {
    if (body.length < DATA_HEADER) return answer(StubStatus.badLength);
    const session = this.#write;
    if (session === undefined) return answer(StubStatus.notBegun);
    if (session.remaining === 0) return answer(StubStatus.tooMuchData);
    const payload = body.subarray(DATA_HEADER, DATA_HEADER + readU32(body, 0));
    yield payload.length * CHECKSUM_MS_PER_BYTE;
    if (xorChecksum(payload) !== checksum) return answer(StubStatus.badChecksum);
    return { status: StubStatus.ok, after: () => session.writePacked(payload, readU32(body, 4)) };
  }

  /** The word that asks for a reboot is not looked at. */
  #writeEnd(body: Uint8Array): Result {
    if (body.length !== 4) return answer(StubStatus.badLength);
    if (this.#write === undefined) return answer(StubStatus.notBegun);
    if (this.#write.remaining !== 0) return answer(StubStatus.badLength);
    this.#write = undefined;
    return OK;
  }

  *#writeReg(body: Uint8Array): Routine<Result> {
    if (body.length === 0 || body.length % 16 !== 0) return answer(StubStatus.notEnoughData);
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
    if (body.length !== 8) return answer(StubStatus.badLength);
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

  /** The command's own frame is given back first, so that both buffers take acknowledgements. */
  #readFlash({ body, received }: Command): Result {
    if (body.length !== 16) return answer(StubStatus.badLength);
    const request = { offset: readU32(body, 0), size: readU32(body, 4), packetSize: readU32(body, 8) };
    const after = (): Routine<StubStatus> => {
      received.release();
      return readSession(this.#machine, this.#receiver, request);
    };
    return { status: StubStatus.ok, after };
  }
}
