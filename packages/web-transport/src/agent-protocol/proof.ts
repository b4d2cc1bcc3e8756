/** What is signed when a paired page comes again. @module */

/** Who proves that it knows the secret. */
export type ProofRole = "agent" | "page";

/**
 * The text whose HMAC-SHA-256, as base64url, proves that `role` knows the pairing's secret, without sending it; the key is
 * the secret's text as bytes. Both nonces and the page's origin are in it, so that a proof holds once, for one page, and one side's cannot be played back as the
 * other's.
 */
export function proofText(
  role: ProofRole,
  parts: { readonly origin: string; readonly pageNonce: string; readonly agentNonce: string },
): string {
  return ["flashwright agent pairing 1", role, parts.origin, parts.pageNonce, parts.agentNonce].join("\n");
}
