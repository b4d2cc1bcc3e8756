/** A paired page comes again: both sides show that they know the secret, and none sends it. @module */
import { createHmac } from "node:crypto";
import type { Clock } from "@flashwright/core";
import {
  agentLimits,
  type Challenge,
  type ProofRole,
  proofText,
} from "@flashwright/web-transport/agent-protocol";
import { makeSecret, sameText } from "../security/secrets.js";
import type { PairingBook } from "./pairing-book.js";

interface Pending {
  readonly agentNonce: string;
  readonly pageNonce: string;
  readonly deadline: number;
}

/** Challenges that nobody answers; beyond this many the oldest goes. */
const MAX_PENDING = 32;

/** Challenges that were given out, each good for one answer. */
export class Reconnects {
  readonly #clock: Clock;
  readonly #book: PairingBook;
  #pending: Pending[] = [];

  constructor(clock: Clock, book: PairingBook) {
    this.#clock = clock;
    this.#book = book;
  }

  /** The agent's proof and its question; `undefined` where there is no such pairing. */
  challenge(origin: string, pairingId: string, pageNonce: string): Challenge | undefined {
    const pairing = this.#book.find(pairingId, origin);
    if (pairing === undefined) return undefined;
    const agentNonce = makeSecret();
    const deadline = this.#clock.now() + agentLimits.challengeMs;
    this.#pending.push({ agentNonce, pageNonce, deadline });
    this.#pending = this.#pending.slice(-MAX_PENDING);
    return { agentNonce, proof: proofOf("agent", pairing.secret, { origin, pageNonce, agentNonce }) };
  }

  /** Whether a page's proof holds; its challenge is used up by it, right or wrong. */
  accept(origin: string, pairingId: string, agentNonce: string, proof: string): boolean {
    const asked = this.#take(agentNonce);
    const pairing = this.#book.find(pairingId, origin);
    if (asked === undefined || pairing === undefined) return false;
    const { pageNonce } = asked;
    // The origin and, by its secret, the pairing are in the proof: one for another page or pairing does not hold.
    return sameText(proof, proofOf("page", pairing.secret, { origin, pageNonce, agentNonce }));
  }

  #take(agentNonce: string): Pending | undefined {
    const found = this.#pending.find((pending) => pending.agentNonce === agentNonce);
    this.#pending = this.#pending.filter((pending) => pending !== found);
    return found !== undefined && this.#clock.now() < found.deadline ? found : undefined;
  }
}

function proofOf(role: ProofRole, secret: string, parts: Parameters<typeof proofText>[1]): string {
  return createHmac("sha256", secret).update(proofText(role, parts)).digest("base64url");
}
