/** Bodies of the few plain requests. @module */
import * as v from "valibot";

/** 128 bits or more as base64url: tokens, codes of links, secrets, nonces. */
const secret = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,100}$/));

/** Answer of `hello`: nothing about this computer or its ports. */
export const hello = v.object({ name: v.literal("flashwright-agent"), protocol: v.literal(1) });
export type Hello = v.InferOutput<typeof hello>;

/** Body of `session`: the code of the opened link. */
export const launchRequest = v.strictObject({ launchCode: secret });

/** Answer of `session` and `reconnect`: what every further request carries. */
export const sessionToken = v.object({ token: secret });
export type SessionToken = v.InferOutput<typeof sessionToken>;

/** Body of `pairing`: the code that the terminal shows. */
export const pairingRequest = v.strictObject({ code: v.pipe(v.string(), v.regex(/^[0-9]{6}$/)) });

/** Answer of `pairing`: what to keep for the next time, and a token for now. */
export const newPairing = v.object({
  pairingId: v.pipe(v.string(), v.maxLength(100)),
  secret,
  /** Milliseconds since 1970. */
  expiresAt: v.number(),
  token: secret,
});
export type NewPairing = v.InferOutput<typeof newPairing>;

/** Answer of `pairing` to a wrong code. */
export const pairingRefusal = v.object({ triesLeft: v.pipe(v.number(), v.integer(), v.minValue(0)) });

/** Body of `challenge`: a page that was paired before says which it is, and asks the agent to prove itself. */
export const challengeRequest = v.strictObject({
  pairingId: v.pipe(v.string(), v.maxLength(100)),
  pageNonce: secret,
});

/** Answer of `challenge`: the agent's proof, made with `proofText("agent", ...)`, and a number for the page's own. */
export const challenge = v.object({ agentNonce: secret, proof: secret });
export type Challenge = v.InferOutput<typeof challenge>;

/** Body of `reconnect`: the page's proof, made with `proofText("page", ...)`. */
export const proofRequest = v.strictObject({
  pairingId: v.pipe(v.string(), v.maxLength(100)),
  agentNonce: secret,
  proof: secret,
});
