/**
 * The header at offset 0 as a plan names it.
 *
 * @module
 */
import type { PlannedField, PlannedHeader } from "../flash/plan.js";
import type { PreparedImage } from "../flash/plan-images.js";
import { decodeFlashParams, type Statement } from "../image/flash-params.js";
import { BOOT_MAGIC } from "../image/image-types.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { Target } from "../targets/target.js";

/** Why a field of the header is what it is. */
export type HeaderReasons = { readonly [field in keyof PlannedHeader]?: Statement };

/**
 * The header of the image at offset 0; `undefined` where none of the images goes there or it has no such header.
 * @param reasons where they are not given, a field is as asked or as in the file
 */
export function plannedHeader(
  images: readonly PreparedImage[],
  choice: HeaderChoice,
  target: Target,
  reasons: HeaderReasons = {},
): PlannedHeader | undefined {
  const first = images.find(({ region }) => region.offset === 0);
  if (first === undefined || first.bytes[0] !== BOOT_MAGIC || first.bytes.length < 4) return undefined;
  const { mode, freq, size, modeByte, sizeFreqByte } = decodeFlashParams(
    first.bytes[2],
    first.bytes[3],
    target.image.flashParams,
  );
  const field = (key: keyof PlannedHeader, name: string | undefined, code: number): PlannedField => ({
    name: name ?? `0x${code.toString(16)}`,
    reason: reasons[key] ?? {
      code: choice[key] === undefined ? "header-as-in-file" : "header-as-asked",
      params: {},
    },
  });
  return {
    mode: field("mode", mode?.name, modeByte),
    freq: field("freq", freq?.name, sizeFreqByte & 0x0f),
    size: field("size", size?.name, sizeFreqByte & 0xf0),
  };
}
