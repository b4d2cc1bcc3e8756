/** MEM_BEGIN, MEM_DATA and MEM_END of the stub. @module */
import { readU32 } from "../bytes.js";
import { CpuException } from "../chip/cpu.js";
import type { Memory } from "../chip/memory.js";
import { answer, OK, type Result } from "./result.js";
import { StubStatus } from "./status.js";
import { overwritesStub } from "./stub-program.js";

/** The words before the payload of MEM_DATA. */
const DATA_HEADER = 16;
/** An illegal instruction: what is left of the stub's code is none. */
const EXCEPTION_ILLEGAL = 0;

/** A transfer into RAM, from BEGIN to END. Checksums are not looked at. */
export class MemoryTransfer {
  readonly #memory: Memory;
  #open: { address: number; remaining: number } | undefined;
  #entry: number | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Where the last END wants to go on; `undefined` while nobody asked to leave. */
  get entry(): number | undefined {
    return this.#entry;
  }

  begin(body: Uint8Array): Result {
    if (body.length !== 16) return answer(StubStatus.badLength);
    this.#open = { remaining: readU32(body, 0), address: readU32(body, 12) };
    return OK;
  }

  /** @throws CpuException when the data lands on the running stub, or where there is no RAM */
  data(body: Uint8Array): Result {
    if (body.length < DATA_HEADER) return answer(StubStatus.notEnoughData);
    const transfer = this.#open;
    if (transfer === undefined) return answer(StubStatus.notBegun);
    const payload = body.subarray(DATA_HEADER);
    if (payload.length > transfer.remaining || readU32(body, 0) !== payload.length) {
      return answer(StubStatus.tooMuchData);
    }
    if (overwritesStub(transfer.address, payload.length)) {
      throw new CpuException(EXCEPTION_ILLEGAL, transfer.address);
    }
    this.#memory.writeBytes(transfer.address, payload);
    transfer.address += payload.length;
    transfer.remaining -= payload.length;
    return OK;
  }

  /** Word 0 other than 0 stays in the stub. */
  end(body: Uint8Array): Result {
    if (body.length !== 8) return answer(StubStatus.badLength);
    if (this.#open === undefined) return answer(StubStatus.notBegun);
    this.#open = undefined;
    if (readU32(body, 0) === 0) this.#entry = readU32(body, 4);
    return OK;
  }
}
