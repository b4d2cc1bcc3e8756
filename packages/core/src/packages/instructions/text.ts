/**
 * Bytes that are text for people: README, batch file, JSON, Intel HEX.
 *
 * @module
 */
import { utf8OrLatin1 } from "../../utf8.js";

/** Instructions are a few kilobytes; Intel HEX of 16 MB has 45 million characters, and is not read through here. */
const LONGEST_TEXT = 0x10_0000;

/** The bytes as text; `undefined` where they are none, or too many. A byte order mark is left out. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0 || bytes.length > LONGEST_TEXT) return undefined;
  const text = isUtf16(bytes) ? decodeUtf16(bytes) : utf8OrLatin1(bytes).replace(/^\ufeff/, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of them
  return /[\u0000-\u0008\u000e-\u0019\u001c-\u001f]/.test(text) ? undefined : text;
}

/** Windows' editors and PowerShell write it with this mark. */
function isUtf16(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe && bytes.length % 2 === 0;
}

function decodeUtf16(bytes: Uint8Array): string {
  let text = "";
  for (let offset = 2; offset < bytes.length; offset += 2) {
    text += String.fromCharCode(bytes[offset] | (bytes[offset + 1] << 8));
  }
  return text;
}
