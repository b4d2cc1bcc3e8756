/**
 * For which place in flash an image was linked, read off its own code.
 *
 * @module
 */
import { readWord } from "../../bytes.js";
import { SECTOR_SIZE } from "../../flash/geometry.js";
import { type ImageInspection, UPDATE_HEADER_SIZE } from "../../image/image-types.js";
import { IROM_ADDRESS } from "../../targets/esp8266/image-target.js";

/** Of flash that the CPU sees at a time. */
const WINDOW_SIZE = 0x10_0000;

/** Slots whose images are linked for their own place: the first one, and the second one of the 512+512 and 256+256 maps. */
const SLOT_OFFSETS = [0x1000, 0x4_1000, 0x8_1000] as const;

/** Fewer words than this may be chance. Measured in real images: 317 and 217 in the right window. */
const FEWEST_WORDS = 16;
/** At most one in so many words may lie in another slot's window alone. Measured: 2 of 317, none of 217. */
const LARGEST_STRAY_SHARE = 8;

/**
 * The flash offset for which an update image was linked, from the addresses of its own code in the segments that are copied
 * to RAM. `undefined` where they do not tell: there are few, or they fit several slots. On 1024+1024 maps both slots show in
 * the same window, and both images say 0x1000.
 */
export function linkedOffset(bytes: Uint8Array, inspection: ImageInspection): number | undefined {
  const { update } = inspection;
  if (update === undefined) return undefined;
  // The windows of the slots overlap where an image is large, so that what is in one of them proves little by itself.
  const isIn = (slot: number) => (position: number) => position >= slot && position < slot + update.iromSize;
  const positions = codePositions(bytes, inspection).filter((position) =>
    SLOT_OFFSETS.some((slot) => isIn(slot)(position)),
  );
  const explains = (slot: number) => {
    const inside = positions.filter(isIn(slot)).length;
    return inside >= FEWEST_WORDS && (positions.length - inside) * LARGEST_STRAY_SHARE < inside;
  };
  const slots = SLOT_OFFSETS.filter(explains);
  return slots.length === 1 ? slots[0] : undefined;
}

/** The words in RAM segments that are addresses in the window of flash, as positions in flash before which a header lies. */
function codePositions(bytes: Uint8Array, { segments }: ImageInspection): number[] {
  const positions: number[] = [];
  // Segments that fit into no memory are damaged, and may be of any size.
  for (const { offset, size } of segments.filter(({ memory }) => memory !== undefined)) {
    for (let at = offset; at + 4 <= offset + size; at += 4) {
      const position = readWord(bytes, at) - IROM_ADDRESS - UPDATE_HEADER_SIZE;
      if (position >= 0 && position < WINDOW_SIZE) positions.push(position);
    }
  }
  return positions;
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
