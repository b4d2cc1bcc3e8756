/**
 * A connected chip.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Connection } from "../protocol/connection.js";
import type { FlashInfo } from "../targets/jedec.js";
import type { ResetSequence } from "../targets/reset-strategy.js";
import type { ChipInfo, Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { getInStep } from "./ask.js";
import { jumpTo } from "./jump.js";
import { stepsFor } from "./reset/steps-for.js";
import type { RomLoader } from "./rom-loader.js";
import { StubLoader } from "./stub-loader.js";

/** How to leave the chip. */
export type After = "hard-reset" | "soft-reset" | "no-reset";

/** How the loader was reached: what is worth remembering of an adapter, as `ConnectOptions.hint`. */
export interface HowConnected {
  /** Name of the reset strategy; "none" where there was no reset, "custom" for a sequence of somebody's own. */
  readonly reset: string;
  /** Rate in bit/s at which SYNC was answered. */
  readonly syncRate: number;
  /** The present rate in bit/s, which errors may have lowered. */
  readonly baudRate: number;
}

/** What `connect` found out beside chip and loader. */
export interface SessionStart {
  readonly reset: string;
  readonly syncRate: number;
  /** Rate in bit/s at which the loader was left. */
  readonly baudRate: number;
  /** Starts the firmware on the reset circuit that was found. */
  readonly run?: ResetSequence;
  /** `false` where the lines were found to reset nothing. */
  readonly canReset?: boolean;
}

/** One chip behind one port, with the loader that answers there. Sessions share nothing: as many boards, as many sessions. */
export class Session {
  readonly target: Target;
  readonly connection: Connection;
  readonly #start: SessionStart;

  constructor(
    readonly loader: RomLoader | StubLoader,
    readonly chip: ChipInfo,
    readonly flash: FlashInfo,
    /** Bytes of flash that this session works with. */
    readonly flashSize: number,
    start: SessionStart,
  ) {
    this.target = loader.target;
    this.connection = loader.connection;
    this.#start = start;
  }

  /** The present rate in bit/s. */
  get baudRate(): number {
    return this.loader instanceof StubLoader ? this.loader.link.baudRate : this.#start.baudRate;
  }

  /** How the chip was reached, and at which rate the link has ended up. */
  get how(): HowConnected {
    const { reset, syncRate } = this.#start;
    return { reset, syncRate, baudRate: this.baudRate };
  }

  /** Whether the board can be reset from here. */
  get canReset(): boolean {
    return this.connection.transport.capabilities.lines !== "none" && this.#start.canReset !== false;
  }

  /**
   * The stub, for what the ROM cannot do.
   * @param operation for the error's text: "reading flash"
   * @throws FlasherError `needs-stub`
   */
  requireStub(operation: string): StubLoader {
    if (this.loader instanceof StubLoader) return this.loader;
    throw new FlasherError("needs-stub", { operation });
  }

  /**
   * Leaves the loader.
   * - `hard-reset` pulses the reset line: the firmware starts as after power-on.
   * - `soft-reset` jumps into the ROM where it loads the firmware, for boards without a reset line. The strap latch still
   *   reads "loader" then, so that the firmware's first restart of its own ends in the loader; a press of RESET cures that.
   *   Measured on genuine ROM and stub code; UNTRIED on silicon.
   * - `no-reset` stays.
   * @throws FlasherError `no-reset-line`
   */
  async leave(after: After, signal?: AbortSignalLike): Promise<void> {
    if (after === "hard-reset") await this.#hardReset();
    else if (after === "soft-reset") await this.#softReset(signal);
  }

  async #hardReset(): Promise<void> {
    const { transport } = this.connection;
    if (!this.canReset) throw new FlasherError("no-reset-line", { label: transport.label });
    const { steps } = this.#start.run ?? this.target.resets.run;
    await transport.signal(stepsFor(transport.capabilities.lines, steps));
  }

  async #softReset(signal: AbortSignalLike | undefined): Promise<void> {
    await getInStep(this.connection, this.target, signal);
    await jumpTo(this.connection, this.target, this.target.softStart.stubBoot.entry, signal);
  }

  /**
   * Brings a stub and the port to another rate. Where that fails both stay at the old one, and the session lives on.
   * @throws FlasherError `baud-change-failed`, `needs-stub`; `port-baud-refused`, also where the far end decides the rate
   */
  async setBaudRate(baudRate: number, signal?: AbortSignalLike): Promise<void> {
    if (baudRate === this.baudRate) return;
    await this.requireStub("changing the baud rate").link.change(baudRate, signal);
  }
}
