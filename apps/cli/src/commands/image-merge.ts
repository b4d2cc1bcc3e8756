/** `flashwright image merge`. @module */
import { basename } from "node:path";
import {
  checkImages,
  esp8266,
  FlasherError,
  type FlashSize,
  type HeaderChoice,
  type ImageInput,
  type OperationResult,
  parseFlashSize,
  patchHeader,
} from "@flashwright/core";
import { resolveParts } from "@flashwright/core/packages";
import { type HeaderOptions, parseHeaderOptions } from "../arguments/flash-header.js";
import { readWriteInput, type WriteInput } from "../arguments/write-input.js";
import type { Context } from "../context.js";
import { checkWritable, writeBytes } from "../files.js";
import { toIntelHex } from "../image/intel-hex.js";
import { mergeImages } from "../image/merge-images.js";

/** Options of `image merge`. */
export interface MergeOptions extends HeaderOptions {
  readonly output: string;
  readonly format: "raw" | "hex";
  readonly fillFlashSize?: string;
  readonly dryRun?: boolean;
}

/**
 * Merges files into one, with the header of the one at offset 0 as it is to be in flash: for a package with the map that
 * its firmware was linked for, which makers' own combined files lack.
 * @throws FlasherError those of reading; `images-overlap`, `does-not-fit`, `package-map-unknown`, `flash-size-unknown`,
 * `file-unwritable`
 */
export async function imageMerge(
  context: Context,
  inputs: readonly string[],
  options: MergeOptions,
): Promise<OperationResult> {
  const { choice, meaning } = parseHeaderOptions(noDetect(options), esp8266);
  const fill = options.fillFlashSize === undefined ? undefined : sizeOf(options.fillFlashSize);
  const input = await readWriteInput(context.world, inputs);
  if (meaning !== undefined) context.emit({ type: "note", ...meaning });
  const { images, header } = resolve(input, choice, fill);
  checkImages(images, esp8266, fill?.size ?? esp8266.maxFlashSize);
  const patched = images.map((image) => patch(context, image, header));
  const merged = mergeImages(patched, fill?.size);
  const file = options.format === "hex" ? new TextEncoder().encode(toIntelHex(patched)) : merged;
  for (const { name, offset, bytes } of patched) {
    context.emit({ type: "part", file: name, offset, size: bytes.length });
  }
  const params = { name: basename(options.output), size: file.length };
  if (options.dryRun) return { code: "merge-planned", params };
  await checkWritable(options.output);
  await writeBytes(options.output, file);
  return { code: "images-merged", params };
}

/** There is no chip whose size could be detected. @throws FlasherError `usage` */
function noDetect(options: HeaderOptions): HeaderOptions {
  if (options.flashSize?.toLowerCase() !== "detect") return options;
  const detail = "There is no chip here whose size --flash-size detect could take.";
  throw new FlasherError("usage", { detail, command: "flashwright image merge" });
}

function sizeOf(text: string): FlashSize {
  return parseFlashSize(text, esp8266.image.flashParams);
}

function resolve(
  input: WriteInput,
  choice: HeaderChoice,
  fill: FlashSize | undefined,
): { images: readonly ImageInput[]; header: HeaderChoice } {
  if (input.kind === "images") return { images: input.images, header: choice };
  const firmware = input.source.open(fill?.size);
  const size = choice.size ?? firmware.linkedMap ?? firmware.instructed.size ?? fill;
  if (size === undefined) throw new FlasherError("package-map-unknown", { name: firmware.name });
  const linked = firmware.linkedParams;
  const header = { mode: linked?.mode, freq: linked?.freq, ...firmware.instructed, ...choice, size };
  return { images: resolveParts(firmware, size.size), header };
}

function patch({ emit }: Context, image: ImageInput, header: HeaderChoice): ImageInput {
  if (image.offset !== 0) return image;
  const { bytes, changes, kept } = patchHeader(image.bytes, 0, header, esp8266.image);
  for (const change of changes) emit({ type: "note", ...change });
  if (kept !== undefined) emit({ type: "warning", ...kept });
  return { ...image, bytes };
}
