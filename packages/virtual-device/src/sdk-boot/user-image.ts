/** A firmware slot: code that runs in place, then an ordinary image for RAM. @module */
import { readU32 } from "../bytes.js";
import type { Machine } from "../chip/machine.js";

const SLOT_MAGIC = 0xea;
const SLOT_SEGMENTS = 4;
const IMAGE_MAGIC = 0xe9;
const MAX_SEGMENTS = 16;

/** What was loaded. */
export interface UserImage {
  /** CPU address where it starts. */
  readonly entry: number;
  /** Bytes from the start of the slot to the checksum, that included; a CRC32 of 4 bytes follows. */
  readonly size: number;
}

/**
 * Loads the RAM segments of the slot at `offset`.
 * @returns `undefined` when a magic, the structure or the checksum is wrong; the CRC32 behind it is not looked at
 */
export function loadUserImage(machine: Machine, offset: number): UserImage | undefined {
  const head = machine.flash.read(offset, 16);
  if (head[0] !== SLOT_MAGIC || head[1] !== SLOT_SEGMENTS) return undefined;
  const codeLength = readU32(head, 12);
  const inner = offset + 16 + codeLength;
  if (codeLength > machine.flash.spec.size || inner + 8 > machine.flash.spec.size) return undefined;
  const end = loadSegments(machine, inner);
  return end === undefined ? undefined : { entry: readU32(head, 4), size: end - offset };
}

/** Loads the image at `inner`; gives the offset behind its checksum. */
function loadSegments(machine: Machine, inner: number): number | undefined {
  const { flash, memory } = machine;
  const header = flash.read(inner, 8);
  if (header[0] !== IMAGE_MAGIC || header[1]! > MAX_SEGMENTS) return undefined;
  let at = inner + 8;
  let checksum = 0xef;
  for (let i = 0; i < header[1]!; i++) {
    const address = readU32(flash.read(at, 4), 0);
    const length = readU32(flash.read(at + 4, 4), 0);
    at += 8;
    if (at + length > flash.spec.size) return undefined;
    const bytes = flash.read(at, length);
    for (const byte of bytes) checksum ^= byte;
    try {
      memory.writeBytes(address, bytes);
    } catch {
      return undefined;
    }
    at += length;
  }
  const end = inner + ((at - inner) | 15) + 1;
  return flash.read(end - 1, 1)[0] === checksum ? end : undefined;
}
