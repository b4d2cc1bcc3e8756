/**
 * Makes text of bytes that a serial line delivered, safe to show and to keep.
 *
 * @module
 */

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

/** Bytes of the UTF-8 character at `offset`; 0 when there is none. */
function characterLength(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset];
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || offset + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if ((bytes[offset + i] & 0xc0) !== 0x80) return 0;
  return isShortestForm(codePoint(bytes, offset, length), length) ? length : 0;
}

function codePoint(bytes: Uint8Array, offset: number, length: number): number {
  if (length === 1) return bytes[offset];
  let point = bytes[offset] & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | (bytes[offset + i] & 0x3f);
  return point;
}

/** Well-formed UTF-8 has no surrogates, nothing above U+10FFFF and no character in more bytes than it needs. */
function isShortestForm(point: number, length: number): boolean {
  const smallest = [0, 0, 0x80, 0x800, 0x1_0000][length];
  return point >= smallest && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
}
