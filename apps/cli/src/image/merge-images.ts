/** Several files as one image of the flash. @module */
import { ERASED_BYTE, FlasherError, type ImageInput } from "@flashwright/core";

/**
 * All images in one array from offset 0, with erased bytes between and up to `size`.
 * @param images checked: they do not overlap
 * @param size bytes of the result; by default it ends with the last image
 * @throws FlasherError `does-not-fit` where an image ends beyond `size`
 */
export function mergeImages(images: readonly ImageInput[], size?: number): Uint8Array {
  const end = Math.max(...images.map(({ offset, bytes }) => offset + bytes.length));
  const beyond = images.find(({ offset, bytes }) => offset + bytes.length > (size ?? end));
  if (beyond !== undefined && size !== undefined) {
    const { name, offset, bytes } = beyond;
    throw new FlasherError("does-not-fit", { name, offset, size: bytes.length, flashSize: size });
  }
  const merged = new Uint8Array(size ?? end).fill(ERASED_BYTE);
  for (const { offset, bytes } of images) merged.set(bytes, offset);
  return merged;
}
