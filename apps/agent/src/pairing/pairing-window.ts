/** The two minutes in which the user lets one page in. @module */
import { randomInt } from "node:crypto";
import type { Clock } from "@flashwright/core";
import { agentLimits, type PairingState } from "@flashwright/web-transport/agent-protocol";
import { canBePaired } from "../security/guest-origin.js";
import { sameText } from "../security/secrets.js";

const CODES = 1_000_000;
/** For so long afterwards the page that had asked hears why it was too late. */
const AFTERMATH_MS = 60_000;

/** What a code was worth. */
export type Tried =
  | { readonly outcome: "right" }
  | { readonly outcome: "wrong"; readonly triesLeft: number }
  | { readonly outcome: "closed" };

/** One pairing while it is open; the code stands in the terminal and nowhere else. */
export class PairingWindow {
  readonly code: string;
  readonly #clock: Clock;
  readonly #tell: (state: PairingState) => void;
  readonly #cancelTimer: () => void;
  #origin: string | undefined;
  #triesLeft = agentLimits.pairingTries;
  #closedAt: number | undefined;

  /**
   * @param now milliseconds since 1970
   * @param tell hears of every step, the first within this call
   */
  constructor(clock: Clock, now: () => number, tell: (state: PairingState) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.code = String(randomInt(CODES)).padStart(6, "0");
    this.#cancelTimer = clock.setTimer(agentLimits.pairingMs, () => this.close("expired"));
    tell({ state: "open", code: this.code, expiresAt: now() + agentLimits.pairingMs });
  }

  get isOpen(): boolean {
    return this.#closedAt === undefined;
  }

  /** Whether a page of this origin may try a code, or hear that it is too late. */
  mayAsk(origin: string): boolean {
    if (this.#closedAt !== undefined && this.#clock.now() - this.#closedAt > AFTERMATH_MS) return false;
    if (this.#origin !== undefined) return this.#origin === origin;
    return this.isOpen && canBePaired(origin);
  }

  /** Tries a code; the first page that does is the only one from then on. */
  try(origin: string, code: string): Tried {
    if (!this.isOpen) return { outcome: "closed" };
    this.#origin ??= origin;
    this.#triesLeft--;
    this.#tell({ state: "asked", origin, triesLeft: this.#triesLeft });
    if (sameText(code, this.code)) {
      this.#end();
      return { outcome: "right" };
    }
    if (this.#triesLeft === 0) this.close("tries");
    return { outcome: "wrong", triesLeft: this.#triesLeft };
  }

  /** Ends it without a pairing; harmless when it has ended. */
  close(reason: "expired" | "tries" | "cancelled"): void {
    if (!this.isOpen) return;
    this.#end();
    this.#tell({ state: "closed", reason });
  }

  #end(): void {
    this.#closedAt = this.#clock.now();
    this.#cancelTimer();
  }
}
