/** A program in flash: code that runs in place and then an image for RAM, or that image alone. @module */
import { readU32 } from "../bytes.js";
import type { Machine } from "../chip/machine.js";

const SLOT_MAGIC = 0xea;
const SLOT_SEGMENTS = 4;
const IMAGE_MAGIC = 0xe9;
const SLOT_HEADER = 16;

/** What was loaded. */
export interface UserImage {
  /** CPU address where it starts, from the header of the part for RAM. */
  readonly entry: number;
  /** Bytes from the start of the slot to the checksum, that included; a CRC32 of 4 bytes follows. */
  readonly size: number;
}

/** Why a program could not be started. */
export const LoadFailure = {
  /** It begins with neither magic, of which the boot loader says so. */
  wrongMagic: "wrong-magic",
  /** No image for RAM where it should be. Nothing was loaded, and nothing is said. */
  noImage: "no-image",
  /** The RAM part does not fit its checksum; by then it lies where the boot loader's own code was. */
  damaged: "damaged",
} as const;
export type LoadFailure = (typeof LoadFailure)[keyof typeof LoadFailure];

/** Loads the RAM segments of the program at `offset`. The CRC32 behind the image is not looked at. */
export function loadUserImage(machine: Machine, offset: number): UserImage | LoadFailure {
  const head = machine.flash.read(offset, SLOT_HEADER);
  if (head[0] === IMAGE_MAGIC) return loadImage(machine, offset, offset);
  if (head[0] !== SLOT_MAGIC || head[1] !== SLOT_SEGMENTS) return LoadFailure.wrongMagic;
  return loadImage(machine, offset, offset + SLOT_HEADER + readU32(head, 12));
}

function loadImage({ flash, memory }: Machine, slot: number, start: number): UserImage | LoadFailure {
  if (start + 8 > flash.spec.size || flash.read(start, 1)[0] !== IMAGE_MAGIC) return LoadFailure.noImage;
  const entry = readU32(flash.read(start + 4, 4), 0);
  const segments = flash.read(start + 1, 1)[0]!;
  let at = start + 8;
  let checksum = 0xef;
  for (let i = 0; i < segments; i++) {
    const address = readU32(flash.read(at, 4), 0);
    const length = readU32(flash.read(at + 4, 4), 0);
    at += 8;
    if (at + length > flash.spec.size) return LoadFailure.damaged;
    const bytes = flash.read(at, length);
    for (const byte of bytes) checksum ^= byte;
    try {
      memory.writeBytes(address, bytes);
    } catch {
      return LoadFailure.damaged;
    }
    at += length;
  }
  const end = start + ((at - start) | 15) + 1;
  const isSound = segments === 0 || flash.read(end - 1, 1)[0] === checksum;
  return isSound ? { entry, size: end - slot } : LoadFailure.damaged;
}
