/**
 * Text in foreign bytes: UTF-8, or one character per byte where it is not.
 *
 * @module
 */
import { utf8 } from "@scure/base";
import { latin1 } from "../latin1.js";

/** The bytes as text. Bytes that are not UTF-8 become, all of them, the characters of the same numbers. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    // Strict by choice: a name with replacement characters could be that of another file.
    return latin1(bytes);
  }
}
