/**
 * A connected chip.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Connection } from "../protocol/connection.js";
import type { FlashInfo } from "../targets/jedec.js";
import type { ChipInfo, Target } from "../targets/target.js";
import type { AbortSignalLike } from "../transport.js";
import { getInStep } from "./ask.js";
import { jumpTo } from "./jump.js";
import type { RomLoader } from "./rom-loader.js";
import { changeStubBaudRate } from "./stub-baud.js";
import { StubLoader } from "./stub-loader.js";

/** How to leave the chip. */
export type After = "hard-reset" | "soft-reset" | "no-reset";

/** One chip behind one port, with the loader that answers there. Sessions share nothing: as many boards, as many sessions. */
export class Session {
  readonly target: Target;
  readonly connection: Connection;
  #baudRate: number;

  constructor(
    readonly loader: RomLoader | StubLoader,
    readonly chip: ChipInfo,
    readonly flash: FlashInfo,
    /** Bytes of flash that this session works with. */
    readonly flashSize: number,
    baudRate: number,
  ) {
    this.target = loader.target;
    this.connection = loader.connection;
    this.#baudRate = baudRate;
  }

  /** The present rate in bit/s. */
  get baudRate(): number {
    return this.#baudRate;
  }

  /** Whether the board can be reset from here. */
  get canReset(): boolean {
    return this.connection.transport.capabilities.lines !== "none";
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
    await transport.signal(this.target.resets.run.steps);
  }

  async #softReset(signal: AbortSignalLike | undefined): Promise<void> {
    await getInStep(this.connection, this.target, signal);
    await jumpTo(this.connection, this.target, this.target.softStart.stubBoot.entry, signal);
  }

  /**
   * Brings a stub and the port to another rate.
   * @throws FlasherError `baud-change-failed`, `needs-stub`; `port-baud-refused` where the far end decides the rate
   */
  async setBaudRate(baudRate: number, signal?: AbortSignalLike): Promise<void> {
    if (baudRate === this.#baudRate) return;
    const { label, capabilities } = this.connection.transport;
    if (capabilities.baudRate === "fixed") throw new FlasherError("port-baud-refused", { label, baudRate });
    this.requireStub("changing the baud rate");
    await getInStep(this.connection, this.target, signal);
    await changeStubBaudRate(this.connection, this.target, this.#baudRate, baudRate, signal);
    this.#baudRate = baudRate;
  }
}
