/** Numbers as they stand under each other. @module */
import { decimal } from "../words/amounts.js";
import { words } from "../words/words.js";

/** `0x00001000` */
export function offsetText(offset: number): string {
  return `0x${offset.toString(16).padStart(8, "0")}`;
}

/** In KB of 1024 bytes, rounded. */
export function kilobytes(size: number): string {
  return words.units.kilobytes(decimal(size / 1024));
}
