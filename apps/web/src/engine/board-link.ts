/** One board behind one port, connected to as often as it takes. @module */
import { connect, esp8266, type Session, type Statement, type Transport } from "@flashwright/core";
import { Board, leaveBoard } from "@flashwright/core/board";
import type { LookEvent } from "@flashwright/core/diagnose";
import { browserClock } from "@flashwright/web-transport";
import type { Identity } from "../report/board.js";
import type { OpenedWay } from "./open-way.js";

/** What a link tells, and what ends its work. */
export interface LinkWork {
  readonly onEvent: (event: LookEvent) => void;
  readonly signal: AbortSignal;
}

/** Whoever waits for a port looks again and again. */
const REOPEN_SECONDS = 1;

/** Lends the port to one session after the other, and remembers who was there. */
export class BoardLink {
  #live: Session | undefined;
  /** The last one that there was: it knows how this board is started, and which chip it is. */
  #last: Session | undefined;
  /** The port that the last one had. */
  #lastTransport: Transport | undefined;
  #identity: Identity | undefined;
  #looking: AbortController | undefined;

  /** @param rate that was chosen for the link, in bit/s */
  constructor(
    readonly way: OpenedWay,
    readonly rate: () => number | undefined,
  ) {}

  /** The port, as it is open now. */
  get transport(): Transport {
    return this.way.port.transport;
  }

  /** Who was there last. @throws Error before the first session */
  get identity(): Identity {
    if (this.#identity === undefined) throw new Error("nobody has connected yet");
    return this.#identity;
  }

  /** A session in which the loader still answers, if there is one. */
  get live(): Session | undefined {
    return this.#live;
  }

  /**
   * The board for one piece of work, which goes on through losses of the port.
   * @param present what is on the flash now, for whoever has to wait
   */
  board({ onEvent, signal }: LinkWork, present: () => Statement | undefined = () => undefined): Board {
    this.#looking?.abort();
    return new Board({
      port: this.way.port,
      connect: (turn) => this.#connect(turn, { onEvent, signal }),
      session: this.#last,
      onEvent,
      signal,
      present,
    });
  }

  /** The same with a session that is live. @throws FlasherError those of `Board.connect` */
  async connected(work: LinkWork, present?: () => Statement | undefined): Promise<Board> {
    const board = this.board(work, present);
    if (this.#live === undefined) await board.connect();
    return board;
  }

  /** The port at a rate of its own, for whoever listens to the running board; a session that is live ends. */
  async listen(baudRate: number, work: LinkWork): Promise<Transport> {
    await this.release(work);
    const turn = this.way.port.next();
    await turn.setBaudRate(baudRate);
    return turn;
  }

  /**
   * Opens a port anew that is there again; work on the board that begins meanwhile ends the looking, and waits itself.
   * @returns whether it was there within a second
   */
  async reopen(): Promise<boolean> {
    this.#looking = new AbortController();
    this.#live = undefined;
    return this.way.port.reopen(REOPEN_SECONDS, this.#looking.signal).then(
      () => true,
      () => false,
    );
  }

  /** Starts the board again. @throws FlasherError `no-reset-line` */
  async reset(): Promise<void> {
    this.#live = undefined;
    if (this.#last !== undefined && this.#lastTransport === this.transport)
      await this.#last.leave("hard-reset");
    else await this.transport.signal(esp8266.resets.run.steps);
  }

  /** Says that the board runs now, so that the next work connects again. */
  over(): void {
    this.#live = undefined;
  }

  /** Lets the board run, where it can be reset from here. @throws FlasherError those of the port, but for one that is gone */
  async release(work: LinkWork): Promise<void> {
    const session = this.#live;
    this.#live = undefined;
    if (session?.canReset) await leaveBoard(session, "hard-reset", work);
  }

  /** The same, and lets go of the port whatever happens. */
  async close(work: LinkWork): Promise<void> {
    try {
      await this.release(work);
    } finally {
      await this.way.port.close();
    }
  }

  async #connect(turn: Transport, { onEvent, signal }: LinkWork): Promise<Session> {
    this.#live = undefined;
    const rate = this.rate();
    const session = await connect(turn, {
      target: esp8266,
      clock: browserClock,
      ...(this.way.adapter && { adapter: this.way.adapter }),
      ...(rate !== undefined && { baudRate: rate }),
      signal,
      onEvent,
    });
    const { chip, flash, flashSize, baudRate, loader } = session;
    // Whether it is the chip of before, whoever works on it finds out.
    if (this.#last !== undefined && this.#last.chip.mac !== chip.mac) return session;
    this.#live = session;
    this.#last = session;
    this.#lastTransport = this.transport;
    this.#identity = { chip, flash, flashSize, baudRate, loader: loader.kind };
    return session;
  }
}
