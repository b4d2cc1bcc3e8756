/**
 * For which place in flash an image was linked, read off its own code.
 *
 * @module
 */
import { readWord } from "../../bytes.js";
import { SECTOR_SIZE } from "../../flash/geometry.js";
import type { ImageInspection } from "../../image/image-types.js";
import { IROM_ADDRESS } from "../../targets/esp8266/image-target.js";

/** Bytes of an update image before its code. */
const UPDATE_HEADER_SIZE = 16;

/** Slots whose images are linked for their own place: the first one, and the second one of the 512+512 and 256+256 maps. */
const SLOT_OFFSETS = [0x1000, 0x4_1000, 0x8_1000] as const;

/** One that is linked wins by hundreds of words; chance leaves a handful. Measured: 317 to 2, 217 to 0. */
const FEWEST_WORDS = 16;

/**
 * The flash offset for which an update image was linked, from the addresses of its own code in the segments that are copied
 * to RAM. `undefined` where they do not tell. On 1024+1024 maps both slots show in the same window, and both images say
 * 0x1000.
 */
export function linkedOffset(bytes: Uint8Array, { update, segments }: ImageInspection): number | undefined {
  if (update === undefined) return undefined;
  const counts = SLOT_OFFSETS.map(() => 0);
  for (const { offset, size } of segments) {
    for (let at = offset; at + 4 <= offset + size; at += 4) {
      const position = readWord(bytes, at) - IROM_ADDRESS - UPDATE_HEADER_SIZE;
      SLOT_OFFSETS.forEach((slot, index) => {
        if (position >= slot && position < slot + update.iromSize) counts[index] += 1;
      });
    }
  }
  // The windows of the slots overlap where an image is larger than a slot; the right one has the most by far.
  const most = Math.max(...counts);
  const first = counts.indexOf(most);
  const isClear = counts.every((count, index) => index === first || count * 2 < most);
  return most >= FEWEST_WORDS && isClear ? SLOT_OFFSETS[first] : undefined;
}

/**
 * The flash offset at which an 0xE9 image has to lie for its code that is run in place: where a segment's address in the
 * window meets its place in the file. 0 for an image whose segments are all copied to RAM, or do not say.
 */
export function appOffset({ segments }: ImageInspection): number {
  const mapped = segments.find(({ memory, size }) => memory === "IROM" && size > 0);
  if (mapped === undefined) return 0;
  const offset = mapped.address - IROM_ADDRESS - mapped.offset;
  return offset > 0 && offset % SECTOR_SIZE === 0 ? offset : 0;
}
