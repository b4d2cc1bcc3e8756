/** Intel HEX: files with their places as text, gaps left out. @module */
import type { ImageInput } from "@flashwright/core";

const DATA = 0x00;
const END_OF_FILE = 0x01;
/** Upper 16 bits of the address of the records that follow. */
const EXTENDED_LINEAR_ADDRESS = 0x04;
const BYTES_PER_RECORD = 16;
const WINDOW = 0x10000;

/** Images by rising offset as Intel HEX with 32-bit linear addresses, which here are flash offsets. */
export function toIntelHex(images: readonly ImageInput[]): string {
  const lines: string[] = [];
  let window = 0;
  for (const { offset, bytes } of [...images].sort((a, b) => a.offset - b.offset)) {
    for (let at = 0; at < bytes.length; ) {
      const address = offset + at;
      const upper = Math.floor(address / WINDOW);
      if (upper !== window) lines.push(record(EXTENDED_LINEAR_ADDRESS, 0, [upper >> 8, upper & 0xff]));
      window = upper;
      const size = Math.min(BYTES_PER_RECORD, WINDOW - (address % WINDOW), bytes.length - at);
      lines.push(record(DATA, address % WINDOW, bytes.subarray(at, at + size)));
      at += size;
    }
  }
  return `${[...lines, record(END_OF_FILE, 0, [])].join("\n")}\n`;
}

/** `:` count, address, type, data, and the two's complement of the sum of these bytes. */
function record(type: number, address: number, data: ArrayLike<number>): string {
  const bytes = [data.length, address >> 8, address & 0xff, type, ...Array.from(data)];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${[...bytes, -sum & 0xff].map(hex).join("")}`;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
