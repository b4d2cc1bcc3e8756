/** A paired page comes again. @module */
import { FlasherError } from "@flashwright/core";
import { agentPaths, challenge, type NewPairing, proofText, sessionToken } from "../agent-protocol/index.js";
import { type AgentPlace, askAgent } from "./ask.js";

/** What is used of WebCrypto. Pages have it on HTTPS and on this computer. */
export interface CryptoLike {
  readonly subtle: Pick<SubtleCrypto, "importKey" | "sign" | "verify">;
  getRandomValues(bytes: Uint8Array<ArrayBuffer>): Uint8Array;
}

/** What a page kept, and who it is. */
export interface Returning {
  readonly pairing: Pick<NewPairing, "pairingId" | "secret">;
  /** The page's own: `location.origin`. */
  readonly origin: string;
  /** The platform's own unless told. */
  readonly crypto?: CryptoLike;
}

/**
 * A token for a page that was paired before. The agent has to prove first that it knows the secret, so that nobody who
 * took its place learns anything; then the page does. The secret itself never leaves it.
 * @throws FlasherError `agent-unproven` when it is not that agent; `agent-unauthorised` when the pairing has been revoked;
 *   as `pairPage` does
 */
export async function returnToAgent(
  place: AgentPlace,
  { pairing: { pairingId, secret }, origin, crypto = globalThis.crypto }: Returning,
): Promise<string> {
  const pageNonce = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const asked = await askAgent(place, agentPaths.challenge, challenge, { pairingId, pageNonce });
  const { agentNonce } = asked;
  const parts = { origin, pageNonce, agentNonce };
  const key = await keyOf(crypto, secret);
  const isAgent = await crypto.subtle.verify(
    "HMAC",
    key,
    bytesOf(asked.proof),
    textBytes(proofText("agent", parts)),
  );
  if (!isAgent) throw new FlasherError("agent-unproven", { address: new URL(place.url).origin });
  const proof = base64url(
    new Uint8Array(await crypto.subtle.sign("HMAC", key, textBytes(proofText("page", parts)))),
  );
  return (await askAgent(place, agentPaths.reconnect, sessionToken, { pairingId, agentNonce, proof })).token;
}

function keyOf({ subtle }: CryptoLike, secret: string): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return subtle.importKey("raw", textBytes(secret), algorithm, false, ["sign", "verify"]);
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The bytes of a base64url text; none where it is not one, which no proof is. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
