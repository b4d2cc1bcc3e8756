/**
 * The rate of a link to a stub: changed on request, lowered by itself when what it carries arrives damaged.
 *
 * @module
 */
import { FlasherError, isFlasherError } from "../../errors.js";
import type { EventListener } from "../../flash/event.js";
import type { Connection } from "../../protocol/connection.js";
import type { Target } from "../../targets/target.js";
import type { AbortSignalLike } from "../../transport.js";
import { getInStep, isDamage } from "../ask.js";
import { changeStubBaudRate } from "./stub-baud.js";

/** So many damages within this time are no accident. */
const DAMAGES = 2;
const WINDOW_MS = 30_000;

/** The rate at which both ends are. */
export class LinkRate {
  #baudRate: number;
  #damagedAt: number[] = [];

  /** @param onEvent is told when the rate is lowered */
  constructor(
    readonly connection: Connection,
    readonly target: Target,
    baudRate: number,
    readonly onEvent: EventListener = () => {},
  ) {
    this.#baudRate = baudRate;
  }

  /** In bit/s. */
  get baudRate(): number {
    return this.#baudRate;
  }

  /**
   * Brings both ends to another rate; where that fails, they stay at the old one.
   * @throws FlasherError `baud-change-failed`, `command-timeout`; `port-baud-refused`, also where the far end decides
   */
  async change(baudRate: number, signal?: AbortSignalLike): Promise<void> {
    if (baudRate === this.#baudRate) return;
    const { label, capabilities } = this.connection.transport;
    if (capabilities.baudRate === "fixed") throw new FlasherError("port-baud-refused", { label, baudRate });
    await getInStep(this.connection, this.target, signal);
    await changeStubBaudRate(this.connection, this.target, this.#baudRate, baudRate, signal);
    this.#baudRate = baudRate;
    this.#damagedAt = [];
  }

  /**
   * Takes note of a request or reply that was damaged or lost, and goes a step down when that happens too often.
   * @returns whether the rate was lowered, so that it is worth trying anew
   */
  async damaged(signal?: AbortSignalLike): Promise<boolean> {
    const now = this.connection.clock.now();
    this.#damagedAt = [...this.#damagedAt.filter((at) => now - at < WINDOW_MS), now];
    if (this.#damagedAt.length < DAMAGES) return false;
    const from = this.#baudRate;
    const to = this.target.uart.ladder.find((rate) => rate < from);
    if (to === undefined || this.connection.transport.capabilities.baudRate === "fixed") return false;
    try {
      await this.change(to, signal);
    } catch (error) {
      // What failed before is more telling than that this did not cure it.
      if (!isDamage(error) && !isFlasherError(error, "baud-change-failed")) throw error;
      return false;
    }
    this.onEvent({ type: "note", code: "baud-lowered", params: { from, to } });
    return true;
  }
}
