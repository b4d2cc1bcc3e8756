/** Which pages may come again. @module */
import { FlasherError } from "@flashwright/core";
import { agentLimits, type PairingInfo } from "@flashwright/web-transport/agent-protocol";
import { makeSecret } from "../security/secrets.js";
import { type Pairing, readPairings, writePairings } from "./pairing-file.js";

/** Characters of an id, enough for a person to tell a few pairings apart. */
const ID_LENGTH = 8;

/** All pairings, in memory and on the disk. */
export class PairingBook {
  readonly #folder: string;
  readonly #now: () => number;
  #pairings: readonly Pairing[];
  /** One write after the other. */
  #saving: Promise<void> = Promise.resolve();

  private constructor(folder: string, now: () => number, pairings: readonly Pairing[]) {
    this.#folder = folder;
    this.#now = now;
    this.#pairings = pairings;
  }

  /**
   * Opens the pairings of a data folder.
   * @param now milliseconds since 1970
   * @throws FlasherError `file-unreadable`, `agent-pairings-damaged`
   */
  static async open(folder: string, now: () => number): Promise<PairingBook> {
    return new PairingBook(folder, now, await readPairings(folder));
  }

  /** Those that are good now, without their secrets. */
  list(): PairingInfo[] {
    return this.#good().map(({ secret, ...info }) => info);
  }

  hasOrigin(origin: string): boolean {
    return this.#good().some((pairing) => pairing.origin === origin);
  }

  find(id: string, origin: string): Pairing | undefined {
    return this.#good().find((pairing) => pairing.id === id && pairing.origin === origin);
  }

  has(id: string): boolean {
    return this.#good().some((pairing) => pairing.id === id);
  }

  /** A new pairing, saved. Where there are too many the oldest goes. @throws FlasherError `file-unwritable` */
  async add(origin: string): Promise<Pairing> {
    const createdAt = this.#now();
    const pairing: Pairing = {
      id: makeSecret().replace(/[-_]/g, "").slice(0, ID_LENGTH).toLowerCase(),
      origin,
      secret: makeSecret(),
      createdAt,
      expiresAt: createdAt + agentLimits.pairingKeptMs,
    };
    await this.#replace([...this.#good(), pairing].slice(-agentLimits.pairings));
    return pairing;
  }

  /**
   * Forgets one pairing, or "all".
   * @throws FlasherError `agent-pairing-unknown`, `file-unwritable`
   */
  async revoke(id: string): Promise<void> {
    if (id !== "all" && !this.has(id)) throw new FlasherError("agent-pairing-unknown", { id });
    await this.#replace(id === "all" ? [] : this.#good().filter((pairing) => pairing.id !== id));
  }

  /** In force at once, also where the disk does not take it. */
  #replace(pairings: readonly Pairing[]): Promise<void> {
    this.#pairings = pairings;
    const saved = this.#saving.then(() => writePairings(this.#folder, this.#pairings));
    this.#saving = saved.catch(() => {});
    return saved;
  }

  #good(): Pairing[] {
    const now = this.#now();
    return this.#pairings.filter(({ expiresAt }) => now < expiresAt);
  }
}
