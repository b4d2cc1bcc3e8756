/**
 * A board that is worked on, also through losses of its port.
 *
 * @module
 */
import { FlasherError, isFlasherError } from "../errors.js";
import type { EventListener } from "../flash/event.js";
import type { Statement } from "../image/flash-params.js";
import { isConnectionLost } from "../loader/lost-connection.js";
import type { Session } from "../loader/session.js";
import type { AbortSignalLike, Transport } from "../transport.js";
import type { LastingPort } from "./lasting-port.js";

/** How long somebody may take to find the cable. */
export const WAIT_SECONDS = 120;
/** A cable that fails so often in one piece of work is to be changed first. */
export const MAX_LOSSES = 5;

/** What a board is reached by, and who is told. */
export interface BoardParts {
  readonly port: LastingPort;
  /** Connects to the chip. @throws FlasherError those of `connect` */
  connect(transport: Transport): Promise<Session>;
  /** The last session with this chip, where there was one: a port that is lost is waited for, and another chip refused. */
  readonly session?: Session | undefined;
  /** Told of losses, and of ports that are back. */
  readonly onEvent: EventListener;
  readonly signal: AbortSignalLike;
  /** What is on the flash now, for whoever has to wait. */
  present?(): Statement | undefined;
}

/** One chip behind one port, for one piece of work. */
export class Board {
  readonly #parts: BoardParts;
  #session: Session | undefined;
  #losses = 0;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    this.#session = parts.session;
  }

  /** The present session; those before are over. @throws Error before the first */
  get session(): Session {
    if (this.#session === undefined) throw new Error("the board was not connected yet");
    return this.#session;
  }

  /** How often the connection broke and was to be had again. */
  get losses(): number {
    return this.#losses;
  }

  /** Ends all work. */
  get signal(): AbortSignalLike {
    return this.#parts.signal;
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
   * losses of this board count together.
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
    await this.#parts.port.reopen(seconds, this.signal);
    await this.#join();
    return this.session;
  }

  async #comeBack(cause: unknown): Promise<void> {
    let error = cause;
    while (isConnectionLost(error) && !this.signal.aborted) {
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
    const { label } = this.#parts.port.transport;
    throw new FlasherError("connection-unsteady", { label, count: this.#losses }, { cause });
  }

  /** @param reason why the connection broke, unless the port has gone */
  async #reopen(reason: FlasherError | undefined): Promise<void> {
    const { port, onEvent, present } = this.#parts;
    const { label } = port.transport;
    const counts = { count: this.#losses, most: MAX_LOSSES };
    const away = { label, seconds: WAIT_SECONDS, ...counts };
    const tellAway = () => onEvent({ type: "warning", code: "port-awaited", params: away });
    let isAway = reason === undefined;
    if (reason === undefined) tellAway();
    else onEvent({ type: "warning", code: "board-awaited", params: { reason: reason.message, ...counts } });
    const state = present?.();
    if (state !== undefined) onEvent({ type: "note", ...state });
    await port.reopen(WAIT_SECONDS, this.signal, () => {
      if (!isAway) tellAway();
      isAway = true;
    });
    if (isAway) onEvent({ type: "note", code: "port-back", params: { label: port.transport.label } });
  }

  async #join(): Promise<void> {
    const session = await this.#parts.connect(this.#parts.port.next());
    await this.#refuseOther(session);
    this.#session = session;
  }

  /** @throws FlasherError `port-other-chip`; that chip starts what it holds */
  async #refuseOther(session: Session): Promise<void> {
    const expected = this.#session?.chip.mac;
    const actual = session.chip.mac;
    if (expected === undefined || actual === expected) return;
    if (session.canReset) await session.leave("hard-reset").catch(() => {});
    const { label } = this.#parts.port.transport;
    throw new FlasherError("port-other-chip", { label, expected, actual });
  }
}
