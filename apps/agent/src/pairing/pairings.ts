/** Everything about pages that are not the agent's own: how they are let in, come again and are sent away. @module */
import { type Clock, FlasherError } from "@flashwright/core";
import type { NewPairing, PairingInfo, PairingState } from "@flashwright/web-transport/agent-protocol";
import type { Sessions } from "../security/sessions.js";
import type { PairingBook } from "./pairing-book.js";
import { PairingWindow, type Tried } from "./pairing-window.js";

/** Between two looks for pairings that have run out while their page was connected. */
const SWEEP_MS = 60_000;

/** What pairings are made of. */
export interface PairingsParts {
  readonly clock: Clock;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly book: PairingBook;
  readonly sessions: Sessions;
}

/** A code was right, and this came of it; or it was not. */
export type Paired =
  | { readonly outcome: "paired"; readonly pairing: NewPairing }
  | Exclude<Tried, { outcome: "right" }>;

/** All pairings of this agent and the one that is being made. */
export class Pairings {
  readonly #parts: PairingsParts;
  #window: PairingWindow | undefined;
  #tell: (state: PairingState) => void = () => {};
  #cancelSweep: () => void;

  constructor(parts: PairingsParts) {
    this.#parts = parts;
    this.#cancelSweep = this.#sweepLater();
  }

  /** Whether a page of this origin is paired or may become so. */
  isGuest(origin: string): boolean {
    return this.#parts.book.hasOrigin(origin) || this.#window?.mayAsk(origin) === true;
  }

  /**
   * Opens a pairing; only the terminal does.
   * @param tell hears of every step, the first one within this call
   * @returns cancels it; harmless when it has ended
   * @throws FlasherError `agent-pairing-open`
   */
  open(tell: (state: PairingState) => void): () => void {
    if (this.#window?.isOpen) throw new FlasherError("agent-pairing-open");
    this.#tell = tell;
    const window = new PairingWindow(this.#parts.clock, this.#parts.now, tell);
    this.#window = window;
    return () => window.close("cancelled");
  }

  /** Tries a code for a page. @throws FlasherError `file-unwritable` */
  async try(origin: string, code: string): Promise<Paired> {
    const tried = this.#window?.try(origin, code) ?? { outcome: "closed" };
    if (tried.outcome !== "right") return tried;
    const tell = this.#tell;
    const { secret, ...info } = await this.#save(origin, tell);
    tell({ state: "paired", pairing: info });
    const token = this.openSession(info);
    return { outcome: "paired", pairing: { pairingId: info.id, secret, expiresAt: info.expiresAt, token } };
  }

  /** A token for a page that has shown that it is paired. */
  openSession({ id, origin }: Pick<PairingInfo, "id" | "origin">): string {
    return this.#parts.sessions.open({ kind: "paired", origin, pairingId: id });
  }

  list(): PairingInfo[] {
    return this.#parts.book.list();
  }

  /** Forgets a pairing, or "all", and cuts off the pages that came with it. @throws FlasherError as the book's */
  async revoke(id: string): Promise<void> {
    try {
      await this.#parts.book.revoke(id);
    } finally {
      this.#endStale();
    }
  }

  close(): void {
    this.#window?.close("cancelled");
    this.#cancelSweep();
  }

  async #save(origin: string, tell: (state: PairingState) => void) {
    try {
      return await this.#parts.book.add(origin);
    } catch (error) {
      tell({ state: "closed", reason: "cancelled" });
      throw error;
    }
  }

  #endStale(): void {
    const { book, sessions } = this.#parts;
    sessions.end(({ scope }) => scope.kind === "paired" && !book.has(scope.pairingId));
  }

  #sweepLater(): () => void {
    return this.#parts.clock.setTimer(SWEEP_MS, () => {
      this.#endStale();
      this.#cancelSweep = this.#sweepLater();
    });
  }
}
