/** The images in a file: a firmware image has one, a combined file or a dump has several. @module */
import {
  BOOT_MAGIC,
  esp8266,
  type ImageInspection,
  inspectEspImage,
  SECTOR_SIZE,
  UPDATE_MAGIC,
} from "@flashwright/core";

/** An image and where in its file it starts. */
export interface FoundImage {
  readonly offset: number;
  readonly inspection: ImageInspection;
}

/** Behind the boot loader, and the second slot of each split: where a flash has an image beside the one at 0. */
const APPLICATION_OFFSETS: readonly number[] = [
  SECTOR_SIZE,
  ...new Set(esp8266.image.flashParams.sizes.flatMap(({ user2Offset }) => user2Offset ?? [])),
];

/**
 * The image at the start, sound or not, and those at the places where a flash has more. What starts with the right byte by
 * chance, and is no image otherwise, is left out; at the start it is reported with its findings.
 */
export function findImages(bytes: Uint8Array): FoundImage[] {
  const first = { offset: 0, inspection: inspectEspImage(bytes, esp8266.image) };
  if (bytes[0] === UPDATE_MAGIC) return [first];
  const firstEnd = first.inspection.image?.size ?? 0;
  const more = APPLICATION_OFFSETS.filter((offset) => offset >= firstEnd)
    .filter((offset) => bytes[offset] === BOOT_MAGIC || bytes[offset] === UPDATE_MAGIC)
    .map((offset) => ({ offset, inspection: inspectEspImage(bytes.subarray(offset), esp8266.image) }))
    .filter(({ inspection }) => inspection.header !== undefined);
  return [first, ...more];
}
