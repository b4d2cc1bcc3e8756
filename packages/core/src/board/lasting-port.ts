/**
 * A port that can be opened again.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { createPortTurns, type PortTurns } from "../port/port-turns.js";
import type { AbortSignalLike, Transport } from "../transport.js";
import { awaitPort, type PortPlaces } from "./await-port.js";

/** One port, lent to one conversation after the other, also after it went away. */
export class LastingPort {
  #transport: Transport;
  #turns: PortTurns;
  readonly #await: (wait: Parameters<typeof awaitPort>[1]) => Promise<Transport>;

  /**
   * @param transport open now; only this object closes it
   * @param label by which it is said that it did not come back
   * @param places where it is looked for
   */
  constructor(
    transport: Transport,
    readonly label: string,
    // biome-ignore lint/suspicious/noExplicitAny: what a place is, is between the two functions of `places`
    places: PortPlaces<any>,
  ) {
    this.#transport = transport;
    this.#turns = createPortTurns(transport);
    this.#await = (wait) => awaitPort(places, wait);
  }

  /** What is open now, or was open last. It is read here already: a conversation reads from `next()`. */
  get transport(): Transport {
    return this.#transport;
  }

  /** The port for the next conversation; the one before ends. */
  next(): Transport {
    return this.#turns.next();
  }

  /**
   * Closes what is left of the port and opens it again as soon as it is there.
   * @param onAway called once, when it is not there at the first look
   * @throws FlasherError `port-away`, or what is hopeless; the signal's reason
   */
  async reopen(seconds: number, signal: AbortSignalLike, onAway?: () => void): Promise<void> {
    const { label } = this;
    await this.#transport.close();
    const tooLate = (cause: unknown) => new FlasherError("port-away", { label, seconds }, { cause });
    this.#transport = await this.#await({ seconds, signal, onAway, tooLate });
    this.#turns = createPortTurns(this.#transport);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
