/** One board behind one open port, connected to as often as it takes. @module */
import { connect, esp8266, type Session, type Transport } from "@flashwright/core";
import type { LookEvent } from "@flashwright/core/diagnose";
import { createPortTurns, type PortTurns } from "@flashwright/core/port";
import { browserClock } from "@flashwright/web-transport";
import type { Identity } from "../report/board.js";
import type { OpenedWay } from "./open-way.js";

/** What a link tells, and what ends its work. */
export interface LinkWork {
  readonly onEvent: (event: LookEvent) => void;
  readonly signal: AbortSignal;
}

/** Lends the port to one session after the other, and remembers who was there. */
export class BoardLink {
  readonly #turns: PortTurns;
  #session: Session | undefined;
  /** The last one that there was: it knows how this board is started. */
  #last: Session | undefined;
  #identity: Identity | undefined;

  constructor(readonly way: OpenedWay) {
    this.#turns = createPortTurns(way.transport);
  }

  /** The open port. */
  get transport(): Transport {
    return this.way.transport;
  }

  /** Who was there last. @throws Error before the first session */
  get identity(): Identity {
    if (this.#identity === undefined) throw new Error("nobody has connected yet");
    return this.#identity;
  }

  /** A session in which the loader still answers, if there is one. */
  get live(): Session | undefined {
    return this.#session;
  }

  /** A new session; the one before is over. @throws FlasherError those of `connect` */
  async connect({ onEvent, signal }: LinkWork): Promise<Session> {
    this.#session = undefined;
    const session = await connect(this.#turns.next(), {
      target: esp8266,
      clock: browserClock,
      ...(this.way.adapter && { adapter: this.way.adapter }),
      signal,
      onEvent,
    });
    this.#session = session;
    this.#last = session;
    const { chip, flash, flashSize, baudRate, loader } = session;
    this.#identity = { chip, flash, flashSize, baudRate, loader: loader.kind };
    return session;
  }

  /** The live session, or a new one. @throws FlasherError those of `connect` */
  async session(work: LinkWork): Promise<Session> {
    return this.#session ?? this.connect(work);
  }

  /** The port at a rate of its own, for whoever listens to the running board; a session that is live ends. */
  async listen(baudRate: number): Promise<Transport> {
    await this.release();
    const turn = this.#turns.next();
    await turn.setBaudRate(baudRate);
    return turn;
  }

  /** Starts the board again. @throws FlasherError `no-reset-line` */
  async reset(): Promise<void> {
    this.#session = undefined;
    await this.#last?.leave("hard-reset");
  }

  /** Says that the board runs now, so that the next work connects again. */
  over(): void {
    this.#session = undefined;
  }

  /** Lets the board run, where it can be reset from here. @throws FlasherError those of the port */
  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session?.canReset) await session.leave("hard-reset");
  }

  /** The same, and lets go of the port whatever happens. */
  async close(): Promise<void> {
    try {
      await this.release();
    } finally {
      await this.transport.close();
    }
  }
}
