/**
 * Makes text of bytes that a serial line delivered, safe to show and to keep.
 *
 * @module
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { characterLength, codePoint } from "../utf8.js";

/** What can be read of some bytes. */
export interface ReadableText {
  /** Without escape sequences, control characters and characters that turn the direction of text; trimmed. */
  readonly text: string;
  /** Bytes that are neither printable ASCII, nor a tab or escape sequence, nor well-formed UTF-8. */
  readonly unreadable: number;
}

/** ESC with its command, as terminals take it: colours, cursor moves, window titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const ESCAPE_SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;

/** C0 and C1 controls, line separators, and marks that hide or reorder what stands beside them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** Reads bytes as UTF-8; what is no text is left out and counted. */
export function readableText(bytes: Uint8Array): ReadableText {
  let decoded = "";
  let unreadable = 0;
  for (let offset = 0; offset < bytes.length; ) {
    const length = characterLength(bytes, offset);
    if (length === 0) unreadable++;
    else decoded += String.fromCodePoint(codePoint(bytes, offset, length));
    offset += Math.max(1, length);
  }
  const withoutEscapes = decoded.replace(ESCAPE_SEQUENCE, "");
  const shown = withoutEscapes.replace(/\t/g, " ").replace(INVISIBLE, "");
  const removed = withoutEscapes.length - shown.length;
  return { text: shown.trim(), unreadable: unreadable + removed };
}

/** Text of any origin without control characters, escape sequences and marks that hide or reorder. */
export function cleanText(text: string): string {
  return readableText(utf8ToBytes(text)).text;
}
