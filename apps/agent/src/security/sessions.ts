/** Who holds a token, and what it is good for. @module */
import type { Clock } from "@flashwright/core";
import { agentLimits } from "@flashwright/web-transport/agent-protocol";
import { fingerprint, makeSecret, sameFingerprint } from "./secrets.js";

/** What a token is good for; one of a page only together with its origin. */
export type Scope =
  /** The terminal: a program of the agent's own user, which could read its file. No page ever. */
  | { readonly kind: "terminal"; readonly origin?: undefined }
  /** The agent's own page, opened with a link. */
  | { readonly kind: "page"; readonly origin: string }
  /** Another page that the user has paired. */
  | { readonly kind: "paired"; readonly origin: string; readonly pairingId: string };

/** One holder of a token. */
export interface Session {
  readonly scope: Scope;
  /** The token itself is not kept. */
  readonly fingerprint: Buffer;
  lastUsed: number;
  /** Ends each open socket of this session. */
  readonly cuts: Set<() => void>;
}

/** Beyond this many the one that was not used for longest goes. */
const MAX_SESSIONS = 64;

/** All tokens of this agent; they are nowhere but in its memory and end with it. */
export class Sessions {
  readonly #clock: Clock;
  #sessions: Session[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new token. */
  open(scope: Scope): string {
    const token = makeSecret();
    this.adopt(token, scope);
    return token;
  }

  /** Takes a token that was made elsewhere. */
  adopt(token: string, scope: Scope): Session {
    const session: Session = {
      scope,
      fingerprint: fingerprint(token),
      lastUsed: this.#clock.now(),
      cuts: new Set(),
    };
    this.#sessions.push(session);
    if (this.#sessions.length > MAX_SESSIONS) this.#dropOldest();
    return session;
  }

  /** Whose token it is; every one that there is gets compared, in constant time. */
  find(token: string): Session | undefined {
    this.#dropIdle();
    const wanted = fingerprint(token);
    const found = this.#sessions.filter((session) => sameFingerprint(session.fingerprint, wanted))[0];
    if (found !== undefined) found.lastUsed = this.#clock.now();
    return found;
  }

  /** Keeps a session in use while a socket is open. @returns to be called when it is closed */
  hold(session: Session, cut: () => void): () => void {
    session.cuts.add(cut);
    return () => {
      session.cuts.delete(cut);
      session.lastUsed = this.#clock.now();
    };
  }

  /** Ends sessions and closes their sockets. */
  end(which: (session: Session) => boolean): void {
    const ended = this.#sessions.filter(which);
    this.#sessions = this.#sessions.filter((session) => !ended.includes(session));
    for (const { cuts } of ended) for (const cut of cuts) cut();
  }

  #dropIdle(): void {
    const since = this.#clock.now() - agentLimits.tokenIdleMs;
    this.end(({ scope, lastUsed, cuts }) => scope.kind !== "terminal" && cuts.size === 0 && lastUsed < since);
  }

  #dropOldest(): void {
    const pages = this.#sessions.filter(({ scope }) => scope.kind !== "terminal");
    const idle = pages.filter(({ cuts }) => cuts.size === 0);
    const oldest = (idle.length > 0 ? idle : pages).reduce((a, b) => (b.lastUsed < a.lastUsed ? b : a));
    this.end((session) => session === oldest);
  }
}
