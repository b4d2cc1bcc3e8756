/** A board that a command works on, also through losses of its port. @module */
import {
  FlasherError,
  isConnectionLost,
  isFlasherError,
  type Session,
  type Transport,
} from "@flashwright/core";
import { createPortTurns, type PortTurns } from "@flashwright/core/port";
import type { Context } from "../context.js";
import type { BoardConnector } from "./connect-board.js";

/** How long somebody may take to find the cable. */
export const WAIT_SECONDS = 120;
/** A cable that fails so often in one command is to be changed first. */
export const MAX_LOSSES = 5;

/** A port that can be opened again. */
export interface ReopenablePort {
  /** What is open now, or was open last. */
  readonly transport: Transport;
  /**
   * Closes what is left of the port and opens it again as soon as it is there.
   * @param onAway called once, when it is not there at the first look
   * @throws FlasherError `port-away`; the signal's reason
   */
  reopen(seconds: number, onAway?: () => void): Promise<void>;
}

/** One chip behind one port. */
export class Board {
  readonly #context: Context;
  readonly #connector: BoardConnector;
  readonly #port: ReopenablePort;
  #turns: PortTurns;
  #session: Session | undefined;
  #losses = 0;

  constructor(context: Context, connector: BoardConnector, port: ReopenablePort) {
    this.#context = context;
    this.#connector = connector;
    this.#port = port;
    this.#turns = createPortTurns(port.transport);
  }

  /** The present session; those before are over. */
  get session(): Session {
    if (this.#session === undefined) throw new Error("the board was not connected yet");
    return this.#session;
  }

  /** How often the connection broke and was to be had again. */
  get losses(): number {
    return this.#losses;
  }

  /**
   * Connects, over the open port where there is one; the session before is over. A port that was lost after the first time is
   * waited for.
   * @throws FlasherError those of `connect`; `port-other-chip`, `port-away`, `connection-unsteady`
   */
  async connect(): Promise<Session> {
    const isFirst = this.#session === undefined;
    try {
      await this.#join();
    } catch (error) {
      if (isFirst) throw error;
      await this.#comeBack(error);
    }
    return this.session;
  }

  /**
   * Does work; each time the connection breaks in it, says so, connects to the same chip once more and does the work again. All
   * of a command's losses count together.
   * @param work `isAgain` where it was begun before in another session, and only the missing part is to be done
   * @throws FlasherError what `work` throws for other reasons; `port-away`, `port-other-chip`, `connection-unsteady`, those of
   * `connect`; the signal's reason
   */
  async through<T>(work: (session: Session, isAgain: boolean) => Promise<T>): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await work(this.session, isAgain);
      } catch (error) {
        await this.#comeBack(error);
      }
    }
  }

  /**
   * Waits for the port and connects once more, without counting it.
   * @throws FlasherError `port-away`, `port-other-chip`, those of `connect`; the signal's reason
   */
  async rejoin(seconds: number): Promise<Session> {
    await this.#port.reopen(seconds);
    this.#turns = createPortTurns(this.#port.transport);
    await this.#join();
    return this.session;
  }

  async #comeBack(cause: unknown): Promise<void> {
    let error = cause;
    while (isConnectionLost(error) && !this.#context.signal.aborted) {
      this.#count(error);
      try {
        await this.#reopen(isFlasherError(error, "port-lost") ? undefined : (error as FlasherError));
        return await this.#join();
      } catch (next) {
        error = next;
      }
    }
    throw error;
  }

  /** @throws FlasherError `connection-unsteady` */
  #count(cause: unknown): void {
    this.#losses++;
    if (this.#losses <= MAX_LOSSES) return;
    const { label } = this.#port.transport;
    throw new FlasherError("connection-unsteady", { label, count: this.#losses }, { cause });
  }

  /** @param reason why the connection broke, unless the port has gone */
  async #reopen(reason: FlasherError | undefined): Promise<void> {
    const { emit, flash } = this.#context;
    const { label } = this.#port.transport;
    const counts = { count: this.#losses, most: MAX_LOSSES };
    const away = { label, seconds: WAIT_SECONDS, ...counts };
    const tellAway = () => emit({ type: "warning", code: "port-awaited", params: away });
    let isAway = reason === undefined;
    if (reason === undefined) tellAway();
    else emit({ type: "warning", code: "board-awaited", params: { reason: reason.message, ...counts } });
    const state = flash.present;
    if (state !== undefined) emit({ type: "note", ...state });
    await this.#port.reopen(WAIT_SECONDS, () => {
      if (!isAway) tellAway();
      isAway = true;
    });
    this.#turns = createPortTurns(this.#port.transport);
    if (isAway) emit({ type: "note", code: "port-back", params: { label: this.#port.transport.label } });
  }

  async #join(): Promise<void> {
    const session = await this.#connector.connect(this.#turns.next());
    await this.#refuseOther(session);
    this.#session = session;
  }

  /** @throws FlasherError `port-other-chip`; that chip starts what it holds */
  async #refuseOther(session: Session): Promise<void> {
    const expected = this.#session?.chip.mac;
    const actual = session.chip.mac;
    if (expected === undefined || actual === expected) return;
    if (session.canReset) await session.leave("hard-reset").catch(() => {});
    throw new FlasherError("port-other-chip", { label: this.#port.transport.label, expected, actual });
  }
}
