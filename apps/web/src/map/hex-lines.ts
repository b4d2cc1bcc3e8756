/** Bytes as lines of a hex dump. @module */
import { offsetText } from "../ui/numbers.js";

const PER_LINE = 16;

/** A line of sixteen bytes, or how many lines after it are the same. */
export interface HexLine {
  readonly address: string;
  readonly hex: string;
  readonly text: string;
  /** More than 0: so many lines like the one before. */
  readonly repeats: number;
}

/** Lines of a hex dump; equal ones after each other are told once. */
export function hexLines(bytes: Uint8Array, offset: number): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const line = hexLine(bytes.subarray(at, at + PER_LINE), offset + at);
    const last = lines.at(-1);
    if (last?.repeats === 0 && last.hex === line.hex) lines.push({ ...line, repeats: 1 });
    else if (last !== undefined && last.repeats > 0 && last.hex === line.hex) {
      lines[lines.length - 1] = { ...last, repeats: last.repeats + 1 };
    } else lines.push(line);
  }
  return lines;
}

function hexLine(bytes: Uint8Array, offset: number): HexLine {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."));
  return {
    address: offsetText(offset),
    hex: `${hex.slice(0, 8).join(" ")}  ${hex.slice(8).join(" ")}`,
    text: text.join(""),
    repeats: 0,
  };
}
