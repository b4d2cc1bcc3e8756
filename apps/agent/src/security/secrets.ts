/** Secrets: made, and compared without telling by the time how much of a guess was right. @module */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Bytes of every token, code of a link, nonce and secret of a pairing: 256 bits. */
const SECRET_BYTES = 32;

/** A new secret as base64url, 43 characters. */
export function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** A text's fingerprint, all of one length. */
export function fingerprint(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Whether two fingerprints are the same, in the same time for every pair. */
export function sameFingerprint(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(a, b);
}

/** Whether two texts are the same, in a time that does not depend on where they differ. */
export function sameText(a: string, b: string): boolean {
  return sameFingerprint(fingerprint(a), fingerprint(b));
}
