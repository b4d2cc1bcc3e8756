/** Bytes to flash. @module */
import { createHash } from "node:crypto";
import { toHex } from "./host.js";

/** Bytes without a pattern that a fault could hide in, the same at every run. */
export function sample(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** MD5 as `6a e5 9e`, by Node's own implementation. */
export function md5Hex(bytes: Uint8Array): string {
  return toHex(createHash("md5").update(bytes).digest());
}
