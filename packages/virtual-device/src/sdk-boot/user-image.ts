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

/** Why a slot could not be started. */
export const LoadFailure = {
  /** A magic or the structure is wrong, and nothing was loaded. */
  noFirmware: "no-firmware",
  /** The RAM part does not fit its checksum, or its segments lead nowhere; some of it is in RAM. */
  damaged: "damaged",
} as const;
export type LoadFailure = (typeof LoadFailure)[keyof typeof LoadFailure];

/** Loads the RAM segments of the slot at `offset`. The CRC32 behind the image is not looked at. */
export function loadUserImage(machine: Machine, offset: number): UserImage | LoadFailure {
  const { flash } = machine;
  const head = flash.read(offset, 16);
  if (head[0] !== SLOT_MAGIC || head[1] !== SLOT_SEGMENTS) return LoadFailure.noFirmware;
  const codeLength = readU32(head, 12);
  const inner = offset + 16 + codeLength;
  if (codeLength > flash.spec.size || inner + 8 > flash.spec.size) return LoadFailure.noFirmware;
  const [magic, segments] = flash.read(inner, 2);
  if (magic !== IMAGE_MAGIC || segments! > MAX_SEGMENTS) return LoadFailure.noFirmware;
  const end = loadSegments(machine, inner);
  return end === undefined ? LoadFailure.damaged : { entry: readU32(head, 4), size: end - offset };
}

/** Loads the image at `inner`; gives the offset behind its checksum. */
function loadSegments(machine: Machine, inner: number): number | undefined {
  const { flash, memory } = machine;
  const segments = flash.read(inner + 1, 1)[0]!;
  let at = inner + 8;
  let checksum = 0xef;
  for (let i = 0; i < segments; i++) {
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
