/** Text of other programs and devices without what could steer a terminal. @module */

/** The text without control characters (C0, DEL, C1) and without marks that turn its direction. */
export function clearOfControls(text: string): string {
  return text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").trim();
}
