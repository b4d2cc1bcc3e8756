/** Who is let in, by where a request comes from and what it knows. @module */
import type { Clock } from "@flashwright/core";
import { ownOrigins } from "./host.js";
import type { Session, Sessions } from "./sessions.js";
import { TokenBucket } from "./token-bucket.js";

/** What a request says of where it comes from. */
export interface Caller {
  /** The header `Origin`: browsers set it, and no page can forge it. */
  readonly origin: string | undefined;
  /** The header `Sec-Fetch-Site`, likewise. */
  readonly fetchSite: string | undefined;
  readonly token: string | undefined;
}

/** `own`: the agent's page. `guest`: a page that is paired or may become so. `none`: no `Origin`. */
export type OriginKind = "own" | "guest" | "none" | "foreign";

/** Why a request is turned away. */
export interface Refusal {
  readonly status: 401 | 403 | 429;
  readonly reason: string;
}

/** What an agent knows of those who come. */
export interface AccessParts {
  readonly clock: Clock;
  readonly port: number;
  readonly sessions: Sessions;
  /** Whether a page of this origin is paired, or is being paired. */
  isGuest(origin: string): boolean;
}

/** Requests; a page loads three files and opens a few sockets. Counted apart, so that no stranger uses up another's. */
const REQUEST_RATE = { burst: 100, perSecond: 20 };
/** Wrong tokens and codes. Right ones are not held up by those who guess; 256 bits are not guessed at any rate. */
const GUESS_RATE = { burst: 10, perSecond: 0.2 };

export const FOREIGN: Refusal = { status: 403, reason: "this origin is not allowed" };
export const UNPROVEN: Refusal = { status: 401, reason: "a valid token is needed" };
export const TOO_MANY: Refusal = { status: 429, reason: "too many requests" };
const GUESSING: Refusal = { status: 429, reason: "too many wrong tokens or codes" };

export function isRefusal(judged: Session | Refusal | undefined): judged is Refusal {
  return judged !== undefined && "status" in judged;
}

/** Judges requests. */
export class Access {
  readonly #parts: AccessParts;
  readonly #own: ReadonlySet<string>;
  readonly #requests: Readonly<Record<OriginKind, TokenBucket>>;
  readonly #guesses: TokenBucket;

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.#own = new Set(ownOrigins(parts.port));
    const bucket = () => new TokenBucket(parts.clock, REQUEST_RATE);
    this.#requests = { own: bucket(), guest: bucket(), none: bucket(), foreign: bucket() };
    this.#guesses = new TokenBucket(parts.clock, GUESS_RATE);
  }

  kindOf(origin: string | undefined): OriginKind {
    if (origin === undefined) return "none";
    if (this.#own.has(origin)) return "own";
    return this.#parts.isGuest(origin) ? "guest" : "foreign";
  }

  /** Counts a request. */
  count(caller: Caller): Refusal | undefined {
    return this.#requests[this.kindOf(caller.origin)].take() ? undefined : TOO_MANY;
  }

  /** What to answer to a wrong token, code or proof. */
  wrong(): Refusal {
    return this.#guesses.take() ? UNPROVEN : GUESSING;
  }

  /** A request that is for pages of these kinds; without an origin it has to come with a token, and one that comes has to be good. */
  judge(caller: Caller, kinds: readonly OriginKind[]): Refusal | undefined {
    const kind = this.kindOf(caller.origin);
    if (kind === "foreign") return FOREIGN;
    const judged = kind === "none" ? this.#withoutOrigin(caller) : this.#ifAny(caller);
    if (isRefusal(judged)) return judged;
    return kinds.includes(kind) ? undefined : FOREIGN;
  }

  /** A WebSocket: always with a token, and with the origin that the token is bound to. */
  judgeUpgrade(caller: Caller): Session | Refusal {
    const kind = this.kindOf(caller.origin);
    if (kind === "foreign") return FOREIGN;
    const judged = kind === "none" ? this.#withoutOrigin(caller) : this.#withToken(caller);
    if (isRefusal(judged)) return judged;
    return judged.scope.origin === caller.origin ? judged : FOREIGN;
  }

  #ifAny(caller: Caller): Session | Refusal | undefined {
    return caller.token === undefined ? undefined : this.#withToken(caller);
  }

  /** A browser leaves `Origin` out only for its own page's plain requests; `Sec-Fetch-Site` tells. */
  #withoutOrigin(caller: Caller): Session | Refusal {
    if (caller.fetchSite !== undefined && caller.fetchSite !== "same-origin") return FOREIGN;
    return this.#withToken(caller);
  }

  #withToken({ token }: Caller): Session | Refusal {
    if (token === undefined) return UNPROVEN;
    return this.#parts.sessions.find(token) ?? this.wrong();
  }
}
