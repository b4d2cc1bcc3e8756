/**
 * The images of a plan: refused where they cannot be right, patched where asked, and remarked upon.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { inspectEspImage } from "../image/esp-image.js";
import type { FlashParams, Statement } from "../image/flash-params.js";
import { findForeignChip } from "../image/foreign-chip.js";
import { BOOT_MAGIC, UPDATE_MAGIC } from "../image/image-types.js";
import { type HeaderChoice, patchHeader } from "../image/patch-header.js";
import { describe } from "../messages/catalogue.js";
import type { Target } from "../targets/target.js";
import type { PlannedImage } from "./plan.js";
import { overlaps, type Region, regionEnd } from "./region.js";

/** A file and where it goes. */
export interface ImageInput {
  /** For messages: "boot_v1.6.bin". */
  readonly name: string;
  /** Bytes from the start of flash, a multiple of 4. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** An image with the bytes that go to flash. */
export interface PreparedImage {
  readonly planned: PlannedImage;
  readonly region: Region;
  readonly bytes: Uint8Array;
}

/** The stub writes whole words; it crashes on anything else (measured). */
const OFFSET_UNIT = 4;

/**
 * Refuses what cannot be meant.
 * @throws FlasherError `nothing-to-write`, `file-empty`, `offset-misaligned`, `does-not-fit`, `images-overlap`,
 * `image-other-chip`
 */
export function checkImages(images: readonly ImageInput[], target: Target, flashSize: number): void {
  if (images.length === 0) throw new FlasherError("nothing-to-write");
  for (const image of images) checkImage(image, target, flashSize);
  const sorted = [...images].sort((a, b) => a.offset - b.offset);
  for (let i = 1; i < sorted.length; i++) checkOverlap(sorted[i - 1], sorted[i]);
}

function checkImage({ name, offset, bytes }: ImageInput, target: Target, flashSize: number): void {
  if (bytes.length === 0) throw new FlasherError("file-empty", { name });
  if (offset % OFFSET_UNIT !== 0) {
    throw new FlasherError("offset-misaligned", { name, offset, unit: OFFSET_UNIT });
  }
  if (offset + bytes.length > flashSize) {
    throw new FlasherError("does-not-fit", { name, offset, size: bytes.length, flashSize });
  }
  const chip = findForeignChip(bytes, target.image);
  if (chip !== undefined) throw new FlasherError("image-other-chip", { chip, target: target.title });
}

function checkOverlap(first: ImageInput, second: ImageInput): void {
  const [a, b] = [first, second].map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  if (!overlaps(a, b)) return;
  throw new FlasherError("images-overlap", {
    first: first.name,
    firstOffset: a.offset,
    firstEnd: regionEnd(a),
    second: second.name,
    secondOffset: b.offset,
  });
}

/** Patches the image at offset 0 and looks at all of them. */
export function prepareImages(
  inputs: readonly ImageInput[],
  header: HeaderChoice,
  target: Target,
  flashSize: number,
  codecs: Codecs,
): { images: PreparedImage[]; warnings: Statement[] } {
  const warnings: Statement[] = [];
  const images = inputs.map(({ name, offset, bytes: given }): PreparedImage => {
    const { bytes, changes, kept, flashParams } = patchHeader(given, offset, header, target.image);
    if (kept !== undefined && offset === 0) warnings.push(kept);
    warnings.push(...remarks(name, offset, bytes, flashParams, target, flashSize));
    const planned: PlannedImage = {
      name,
      offset,
      size: given.length,
      sha256: toHex(codecs.sha256(given)),
      headerChanges: changes,
    };
    return { planned, region: { offset, size: bytes.length }, bytes };
  });
  return { images, warnings };
}

function remarks(
  name: string,
  offset: number,
  bytes: Uint8Array,
  flashParams: FlashParams | undefined,
  target: Target,
  flashSize: number,
): Statement[] {
  const remarks: Statement[] = [];
  if (offset === 0 && bytes[0] === UPDATE_MAGIC)
    remarks.push({ code: "update-image-at-start", params: { name } });
  const size = flashParams?.size;
  if (size !== undefined && size.size !== flashSize) {
    const code = size.size > flashSize ? "header-size-too-large" : "header-size-differs";
    remarks.push({ code, params: { name, headerSize: size.size, headerName: size.name, flashSize } });
  }
  if (bytes[0] === BOOT_MAGIC || bytes[0] === UPDATE_MAGIC) {
    for (const { code, params, severity } of inspectEspImage(bytes, target.image).findings) {
      const reason = describe(code, params).message;
      if (severity === "error") remarks.push({ code: "image-suspicious", params: { name, reason } });
    }
  }
  return remarks;
}
