/**
 * From a loader that answers to a session: identity, flash size, stub, rate.
 *
 * @module
 */
import { defaultCodecs } from "../codecs.js";
import { FlasherError, isFlasherError } from "../errors.js";
import { readReg, unassigned, writeRegs } from "../protocol/command.js";
import { type Connection, LoaderRefusal } from "../protocol/connection.js";
import type { Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import type { ConnectOptions } from "./connect-options.js";
import { checkChip, type Identity, identifyByRom, identifyByStub } from "./identify.js";
import { jumpTo } from "./jump.js";
import { LinkRate } from "./link/link-rate.js";
import { lostByChange } from "./link/stub-baud.js";
import type { Reached } from "./reach.js";
import { RomLoader } from "./rom-loader.js";
import { Session } from "./session.js";
import { StubLoader } from "./stub-loader.js";
import { uploadStub } from "./stub-upload.js";
import { synchronise } from "./sync.js";

const SYNCS_BEHIND_JUMP = 4;

/** Makes sessions; remembers from one attempt to the next which rates have failed. */
export class Establishing {
  readonly #target: Target;
  readonly #signal: AbortSignalLike | undefined;
  /** Not raised above this after a raise has failed. */
  #ceiling: number;
  #keepsRate = false;

  constructor(
    readonly connection: Connection,
    readonly options: ConnectOptions,
    readonly workRate: number,
  ) {
    this.#target = options.target;
    this.#signal = options.signal;
    this.#ceiling = workRate;
  }

  /** Whether a change of rate has reset the chip, so that from now on it stays at the rate of its SYNC. */
  get keepsRate(): boolean {
    return this.#keepsRate;
  }

  /** @throws FlasherError `wrong-chip`, `chip-size-unknown` and those against which another reset may help */
  async session(reached: Reached): Promise<Session> {
    const { answer, syncRate } = reached;
    const running = answer.loader === "stub" ? await this.#adopt(reached) : undefined;
    if (running !== undefined) return running;
    if (answer.loader === "rom" && answer.statusBytes !== this.#target.statusBytes) {
      await this.#refuseForeignChip(answer.statusBytes);
    }
    const identity = await identifyByRom(this.connection, this.#target, syncRate, this.#signal);
    const flashSize = this.#flashSizeOf(identity);
    return this.options.stub === false
      ? this.#romSession(reached, identity, flashSize)
      : this.#stubSession(reached, identity, flashSize);
  }

  async #romSession(reached: Reached, identity: Identity, flashSize: number): Promise<Session> {
    if (flashSize !== this.#target.rom.flashLimit) await this.#tellFlashSize(flashSize);
    const loader = new RomLoader(this.connection, this.#target, flashSize);
    return this.#begin(reached, identity, flashSize, loader, reached.syncRate);
  }

  /**
   * The ROM's flash routines, which the stub uses too, refuse what lies beyond the size that they know. Of a smaller flash
   * they would reach over the end, where the flash begins again: the sector that the ROM erases too many would be the first.
   */
  async #tellFlashSize(flashSize: number): Promise<void> {
    await this.connection.send(writeRegs(this.#target.rom.setFlashSize(flashSize)), this.#signal);
  }

  async #stubSession(reached: Reached, identity: Identity, flashSize: number): Promise<Session> {
    const { rom, stub } = this.#target;
    const prepare = flashSize > rom.flashLimit ? rom.setFlashSize(flashSize) : [];
    await uploadStub(this.connection, this.#target, await stub.load(), prepare, this.#signal);
    return this.#withStub(reached, identity, flashSize);
  }

  async #withStub(reached: Reached, identity: Identity, flashSize: number): Promise<Session> {
    const { connection, options } = this;
    const link = new LinkRate(connection, this.#target, reached.syncRate, options.onEvent);
    await this.#raise(link);
    const codecs = options.codecs ?? defaultCodecs;
    const loader = new StubLoader(connection, this.#target, flashSize, codecs, link);
    return this.#begin(reached, identity, flashSize, loader, link.baudRate);
  }

  /** To the wanted rate, or as near to it as the link carries, step by step down. */
  async #raise(link: LinkRate): Promise<void> {
    while (link.baudRate !== this.#ceiling && !this.#keepsRate) {
      try {
        await link.change(this.#ceiling, this.#signal);
      } catch (error) {
        if (!isFlasherError(error, "baud-change-failed") && !isFlasherError(error, "port-baud-refused"))
          throw error;
        const lower = this.#target.uart.ladder.find((rate) => rate < this.#ceiling);
        this.#ceiling = Math.max(link.baudRate, lower ?? link.baudRate);
        if (lostByChange(error)) {
          this.#keepsRate = this.connection.transport.capabilities.reopensForRate === true;
          throw error;
        }
      }
    }
  }

  /**
   * A stub that runs already. One of the kind that is known here is used as it is; from any other, or where the ROM was
   * asked for, a jump to the reset vector leads back to the ROM, which measures the rate again.
   */
  async #adopt(reached: Reached): Promise<Session | undefined> {
    const known = (await this.#probeStub()) && this.options.stub !== false;
    if (known) {
      const identity = await identifyByStub(this.connection, this.#target, reached.syncRate, this.#signal);
      const flashSize = this.#flashSizeOf(identity);
      if (flashSize > this.#target.rom.flashLimit) await this.#tellFlashSize(flashSize);
      return this.#withStub(reached, identity, flashSize);
    }
    await this.#returnToRom(reached.syncRate);
    return undefined;
  }

  async #probeStub(): Promise<boolean> {
    const { op, status } = this.#target.stub.probe;
    try {
      await this.connection.send(unassigned(op), this.#signal);
    } catch (error) {
      if (error instanceof LoaderRefusal) return error.status.code === status;
      throw error;
    }
    return false;
  }

  async #returnToRom(baudRate: number): Promise<void> {
    const { connection } = this;
    await jumpTo(connection, this.#target, this.#target.softStart.resetVector, this.#signal);
    const answer = await synchronise(connection, this.#target, baudRate, SYNCS_BEHIND_JUMP, this.#signal);
    if (answer?.loader !== "rom") throw new FlasherError("command-timeout", { op: "SYNC", timeoutMs: 0 });
  }

  async #refuseForeignChip(statusBytes: number): Promise<void> {
    const magic = await this.connection.send(readReg(this.#target.detection.register), this.#signal);
    checkChip(this.#target, magic, statusBytes);
  }

  #flashSizeOf({ flash }: Identity): number {
    const size = this.options.flashSize ?? flash.size;
    if (size === undefined) throw new FlasherError("chip-size-unknown", { id: flash.id });
    return Math.min(size, this.#target.maxFlashSize);
  }

  #begin(
    { reset, syncRate, run, canReset }: Reached,
    { chip, flash }: Identity,
    flashSize: number,
    loader: RomLoader | StubLoader,
    baudRate: number,
  ): Session {
    const { onEvent } = this.options;
    const wanted = this.workRate;
    const start = { reset, syncRate, baudRate, canReset, ...(run === undefined ? {} : { run }) };
    const session = new Session(loader, chip, flash, flashSize, start);
    onEvent?.({ type: "connected", chip, flash, flashSize, loader: loader.kind, baudRate, reset, syncRate });
    if (loader.kind === "stub" && baudRate < wanted) {
      onEvent?.({ type: "note", code: "baud-lowered", params: { from: wanted, to: baudRate } });
    }
    return session;
  }
}
