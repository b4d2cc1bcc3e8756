/**
 * From a port to a loader that answers: reset, strap, SYNC, identity, stub, baud rate.
 *
 * @module
 */
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError, isFlasherError } from "../errors.js";
import type { FlashEvent } from "../flash/event.js";
import type { MessageCode } from "../messages/catalogue.js";
import { readReg, unassigned, writeRegs } from "../protocol/command.js";
import { Connection, LoaderRefusal } from "../protocol/connection.js";
import { throwIfAborted } from "../protocol/deadline.js";
import type { ResetSequence, Target } from "../targets/target.js";
import type { AbortSignalLike, Clock, Transport } from "../transport.js";
import { diagnoseNoAnswer } from "./diagnose-connect.js";
import { checkChip, type Identity, identifyByRom, identifyByStub } from "./identify.js";
import { jumpTo } from "./jump.js";
import { RomLoader } from "./rom-loader.js";
import { Session } from "./session.js";
import { changeStubBaudRate } from "./stub-baud.js";
import { StubLoader } from "./stub-loader.js";
import { uploadStub } from "./stub-upload.js";
import { type SyncAnswer, synchronise } from "./sync.js";

/** How to reach the loader. */
export interface ConnectOptions {
  readonly target: Target;
  readonly clock: Clock;
  /**
   * Rate to work at, in bit/s; 460,800 by default. Reached by itself where the chip can be reset, else through the stub.
   * Where the far end of the transport decides the rate, this says which it is; 115,200 by default.
   */
  readonly baudRate?: number;
  /** `false`: stay with the mask ROM's loader. */
  readonly stub?: boolean;
  /** `no-reset`: the chip is in its loader already. Without reset lines there is no other way. */
  readonly before?: "default-reset" | "no-reset";
  /** Resets, or rounds of SYNC without reset, before giving up; 7 and 30 by default. */
  readonly attempts?: number;
  /** Bytes of the flash chip, where its id does not tell. */
  readonly flashSize?: number;
  readonly codecs?: Codecs;
  readonly signal?: AbortSignalLike;
  readonly onEvent?: (event: FlashEvent) => void;
}

const DEFAULT_BAUD_RATE = 460_800;
const DEFAULT_ATTEMPTS = 7;
const UNKNOWN_RATE = 0;
/**
 * Without reset lines the chip is waited for: until a person has pressed the buttons, or until a flash chip that an earlier
 * program left erasing has finished. About a quarter of a minute.
 */
const ATTEMPTS_WITHOUT_RESET = 30;
/** Without reset lines a stub may still run at the rate of a faster session before: few go beyond this one. */
const FASTEST_LEFT_RATE = 921_600;
/** SYNCs per reset: one for each state in which a loader may be found; see `synchronise`. */
const SYNCS_PER_ATTEMPT = 4;

/** Another reset may help against a damaged upload or an answer that broke off; not against another chip or a lost port. */
const RETRYABLE: ReadonlySet<MessageCode> = new Set<MessageCode>([
  "command-timeout",
  "bad-reply",
  "stub-silent",
  "baud-change-failed",
  "flash-not-answering",
  "chip-crashed",
]);

/**
 * Connects to the chip and identifies it.
 *
 * With reset lines every attempt resets the chip and lowers the rate, down to 115,200; without them the same rates are
 * tried in turn, for a stub that an earlier session may have left there.
 * @throws FlasherError `connect-silent`, `connect-noise`, `connect-application`, `connect-strapping`, `connect-no-sync`,
 * `wrong-chip`, `unknown-chip`, `flash-not-answering`, `chip-size-unknown`, `stub-silent`, `port-lost`; the signal's reason
 */
export async function connect(transport: Transport, options: ConnectOptions): Promise<Session> {
  const { target, clock } = options;
  const connection = new Connection(transport, clock, { statusBytes: target.statusBytes });
  return new Connector(connection, options).run();
}

class Connector {
  readonly #target: Target;
  readonly #signal: AbortSignalLike | undefined;
  readonly #codecs: Codecs;
  readonly #workRate: number;
  readonly #resets: boolean;
  /** The far end keeps its rate whatever is asked of it: the chip must not be taken to another. */
  readonly #fixedRate: boolean;
  #baudRate = UNKNOWN_RATE;
  /** Not raised above this after a raise has failed. */
  #ceiling: number;

  constructor(
    readonly connection: Connection,
    readonly options: ConnectOptions,
  ) {
    this.#target = options.target;
    this.#signal = options.signal;
    this.#codecs = options.codecs ?? defaultCodecs;
    const { lines, baudRate } = connection.transport.capabilities;
    this.#fixedRate = baudRate === "fixed";
    const usualRate = this.#fixedRate ? options.target.uart.referenceBaudRate : DEFAULT_BAUD_RATE;
    this.#workRate = options.baudRate ?? usualRate;
    this.#ceiling = this.#workRate;
    this.#resets = lines !== "none" && options.before !== "no-reset";
  }

  async run(): Promise<Session> {
    const attempts = this.options.attempts ?? (this.#resets ? DEFAULT_ATTEMPTS : ATTEMPTS_WITHOUT_RESET);
    let telling: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      throwIfAborted(this.#signal);
      try {
        const answer = await this.#reach(attempt);
        if (answer !== undefined) return await this.#establish(answer);
      } catch (error) {
        if (!this.#mayRetry(error)) throw error;
        telling = error;
      }
    }
    throw telling ?? (await this.#diagnose(attempts));
  }

  /** One reset at one rate, or one rate without a reset. */
  async #reach(attempt: number): Promise<SyncAnswer | undefined> {
    const { transport } = this.connection;
    const rates = this.#rates();
    const rate = this.#resets ? rates[Math.min(attempt, rates.length - 1)] : rates[attempt % rates.length];
    const sequences = this.#target.resets.loader;
    const sequence = sequences[attempt % sequences.length];
    this.options.onEvent?.({
      type: "connecting",
      attempt: attempt + 1,
      baudRate: rate,
      reset: this.#resets ? sequence.name : "none",
    });
    await this.#setBaudRate(rate);
    await this.connection.discard();
    if (this.#resets) await transport.signal(this.#stepsOf(sequence));
    return synchronise(this.connection, this.#target, rate, SYNCS_PER_ATTEMPT, this.#signal);
  }

  /** Fast ones first where a reset makes the ROM measure anew; the safe one first where a wrong guess would stay. */
  #rates(): readonly number[] {
    if (this.#fixedRate) return [this.#workRate];
    const { syncRates } = this.#target.uart;
    const safe = syncRates[syncRates.length - 1];
    if (this.#resets) {
      const fitting = syncRates.filter((rate) => rate <= this.#workRate);
      return fitting.length > 0 ? fitting : [this.#workRate];
    }
    return [...new Set([Math.min(safe, this.#workRate), this.#workRate, ...syncRates, FASTEST_LEFT_RATE])];
  }

  #stepsOf(sequence: ResetSequence): ResetSequence["steps"] {
    if (this.connection.transport.capabilities.lines === "dtr-rts") return sequence.steps;
    return sequence.steps
      .filter((step) => step.rts !== undefined)
      .map(({ rts, waitMs }) => ({ rts, waitMs }));
  }

  async #setBaudRate(rate: number): Promise<void> {
    if (this.#baudRate !== rate) await this.connection.transport.setBaudRate(rate);
    this.#baudRate = rate;
  }

  async #establish(answer: SyncAnswer): Promise<Session> {
    const running = answer.loader === "stub" ? await this.#adopt() : undefined;
    if (running !== undefined) return running;
    if (answer.loader === "rom" && answer.statusBytes !== this.#target.statusBytes) {
      await this.#refuseForeignChip(answer.statusBytes);
    }
    const identity = await identifyByRom(this.connection, this.#target, this.#baudRate, this.#signal);
    const flashSize = this.#flashSizeOf(identity);
    return this.options.stub === false
      ? this.#romSession(identity, flashSize)
      : this.#stubSession(identity, flashSize);
  }

  async #romSession(identity: Identity, flashSize: number): Promise<Session> {
    if (flashSize !== this.#target.rom.flashLimit) await this.#tellFlashSize(flashSize);
    return this.#session(identity, flashSize, new RomLoader(this.connection, this.#target, flashSize));
  }

  /**
   * The ROM's flash routines, which the stub uses too, refuse what lies beyond the size that they know. Of a smaller flash
   * they would reach over the end, where the flash begins again: the sector that the ROM erases too many would be the first.
   */
  async #tellFlashSize(flashSize: number): Promise<void> {
    await this.connection.send(writeRegs(this.#target.rom.setFlashSize(flashSize)), this.#signal);
  }

  async #stubSession(identity: Identity, flashSize: number): Promise<Session> {
    const { rom, stub } = this.#target;
    const prepare = flashSize > rom.flashLimit ? rom.setFlashSize(flashSize) : [];
    await uploadStub(this.connection, this.#target, await stub.load(), prepare, this.#signal);
    return this.#withStub(identity, flashSize);
  }

  async #withStub(identity: Identity, flashSize: number): Promise<Session> {
    if (this.#baudRate !== this.#ceiling) await this.#raise(this.#ceiling);
    const loader = new StubLoader(this.connection, this.#target, flashSize, this.#codecs);
    return this.#session(identity, flashSize, loader);
  }

  async #raise(rate: number): Promise<void> {
    const from = this.#baudRate;
    this.#ceiling = from;
    // Until it has worked nobody knows at which rate the port is left.
    this.#baudRate = UNKNOWN_RATE;
    await changeStubBaudRate(this.connection, this.#target, from, rate, this.#signal);
    this.#ceiling = rate;
    this.#baudRate = rate;
  }

  /**
   * A stub that runs already. One of the kind that is known here is used as it is; from any other, or where the ROM was
   * asked for, a jump to the reset vector leads back to the ROM, which measures the rate again.
   */
  async #adopt(): Promise<Session | undefined> {
    const known = (await this.#probeStub()) && this.options.stub !== false;
    if (known) {
      const identity = await identifyByStub(this.connection, this.#target, this.#baudRate, this.#signal);
      const flashSize = this.#flashSizeOf(identity);
      if (flashSize > this.#target.rom.flashLimit) await this.#tellFlashSize(flashSize);
      return this.#withStub(identity, flashSize);
    }
    await this.#returnToRom();
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

  async #returnToRom(): Promise<void> {
    const { connection } = this;
    await jumpTo(connection, this.#target, this.#target.softStart.resetVector, this.#signal);
    const answer = await synchronise(
      connection,
      this.#target,
      this.#baudRate,
      SYNCS_PER_ATTEMPT,
      this.#signal,
    );
    if (answer?.loader !== "rom") {
      throw new FlasherError("command-timeout", { op: "SYNC", timeoutMs: 0 });
    }
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

  #session(identity: Identity, flashSize: number, loader: RomLoader | StubLoader): Session {
    const { chip, flash } = identity;
    const session = new Session(loader, chip, flash, flashSize, this.#baudRate);
    this.options.onEvent?.({
      type: "connected",
      chip,
      flash,
      flashSize,
      loader: loader.kind,
      baudRate: this.#baudRate,
    });
    return session;
  }

  #mayRetry(error: unknown): boolean {
    return error instanceof LoaderRefusal || (isFlasherError(error) && RETRYABLE.has(error.code));
  }

  async #diagnose(attempts: number): Promise<FlasherError> {
    const heard = this.connection.stray.bytes;
    return diagnoseNoAnswer(this.connection, this.#target, attempts, heard, this.#signal);
  }
}
