/**
 * UTF-8 in foreign bytes: whole, or as a serial line delivers it, where anything can stand between well-formed characters.
 *
 * @module
 */
import { utf8 } from "@scure/base";
import { latin1 } from "./latin1.js";

/** Bytes of the UTF-8 character at `offset`; 0 when there is none. */
export function characterLength(bytes: Uint8Array, offset: number): number {
  const length = announcedLength(bytes[offset]);
  if (length === 0 || offset + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if ((bytes[offset + i] & 0xc0) !== 0x80) return 0;
  return isShortestForm(codePoint(bytes, offset, length), length) ? length : 0;
}

/** The character of `length` bytes at `offset`, which `characterLength` has found. */
export function codePoint(bytes: Uint8Array, offset: number, length: number): number {
  if (length === 1) return bytes[offset];
  let point = bytes[offset] & (0x7f >> length);
  for (let i = 1; i < length; i++) point = (point << 6) | (bytes[offset + i] & 0x3f);
  return point;
}

/** Stands for a byte that belongs to no character. */
export const UNREADABLE = "\ufffd";

/** Reads characters from chunks that may be cut within one. */
export class Utf8Decoder {
  /** The beginning of a character whose rest has not come yet; 3 bytes at most. */
  #rest: Uint8Array = new Uint8Array(0);

  /** The characters that are complete now; an `UNREADABLE` for each byte that belongs to none. */
  push(chunk: Uint8Array): string[] {
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);
    const characters: string[] = [];
    let offset = 0;
    while (offset < bytes.length && !isBeginning(bytes, offset)) {
      const length = characterLength(bytes, offset);
      characters.push(length === 0 ? UNREADABLE : String.fromCodePoint(codePoint(bytes, offset, length)));
      offset += Math.max(1, length);
    }
    this.#rest = bytes.slice(offset);
    return characters;
  }

  /** What has come of a character whose rest did not follow. */
  flush(): string[] {
    const characters = Array.from(this.#rest, () => UNREADABLE);
    this.#rest = new Uint8Array(0);
    return characters;
  }
}

/** Whether all bytes from `offset` on can be the beginning of one character that is longer than they are. */
function isBeginning(bytes: Uint8Array, offset: number): boolean {
  if (offset + announcedLength(bytes[offset]) <= bytes.length) return false;
  for (let i = offset + 1; i < bytes.length; i++) if ((bytes[i] & 0xc0) !== 0x80) return false;
  return true;
}

/** Bytes that a character with this first byte has; 0 when no character begins so. */
function announcedLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

/** Well-formed UTF-8 has no surrogates, nothing above U+10FFFF and no character in more bytes than it needs. */
function isShortestForm(point: number, length: number): boolean {
  const smallest = [0, 0, 0x80, 0x800, 0x1_0000][length];
  return point >= smallest && point <= 0x10_ffff && (point < 0xd800 || point > 0xdfff);
}

/**
 * Whole bytes as text, where all of them are UTF-8; otherwise each byte as the character of its number. Strict by choice: a
 * name with replacement characters could be that of another file.
 */
export function utf8OrLatin1(bytes: Uint8Array): string {
  try {
    return utf8.encode(bytes);
  } catch {
    return latin1(bytes);
  }
}
