/** Codes of links that open the agent's page, each good once. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { fingerprint, makeSecret, sameFingerprint } from "./secrets.js";

interface LaunchCode {
  readonly fingerprint: Buffer;
  readonly deadline: number;
  /** Whether others on this computer may have seen it. */
  readonly exposed: boolean;
  /** What came of it. */
  token?: string;
}

/** What a code was worth. */
export type Redeemed =
  | { readonly outcome: "token"; readonly token: string }
  | { readonly outcome: "refused" }
  /** An exposed code came twice: one of the two was not the user. `token` is what the first one got. */
  | { readonly outcome: "replayed"; readonly token: string };

/** Unused links beyond this many make the oldest void. */
const MAX_CODES = 16;

/** All codes that were given out in the last minute. */
export class LaunchCodes {
  readonly #clock: Clock;
  #codes: LaunchCode[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * A new code.
   * @param exposed whether it is handed to another program as an argument, which every user of the computer can see in
   *   the list of processes
   */
  make(exposed = false): string {
    this.#dropOld();
    const code = makeSecret();
    const deadline = this.#clock.now() + agentLimits.launchMs;
    this.#codes.push({ fingerprint: fingerprint(code), deadline, exposed });
    this.#codes = this.#codes.slice(-MAX_CODES);
    return code;
  }

  /** Takes a code, once; `openSession` makes the token for it. */
  redeem(code: string, openSession: () => string): Redeemed {
    this.#dropOld();
    const wanted = fingerprint(code);
    const found = this.#codes.filter((known) => sameFingerprint(known.fingerprint, wanted))[0];
    if (found === undefined) return { outcome: "refused" };
    if (found.token !== undefined) return this.#again(found, found.token);
    found.token = openSession();
    return { outcome: "token", token: found.token };
  }

  #again(code: LaunchCode, token: string): Redeemed {
    if (!code.exposed) return { outcome: "refused" };
    this.#codes = this.#codes.filter((known) => known !== code);
    return { outcome: "replayed", token };
  }

  #dropOld(): void {
    const now = this.#clock.now();
    this.#codes = this.#codes.filter(({ deadline }) => now < deadline);
  }
}
