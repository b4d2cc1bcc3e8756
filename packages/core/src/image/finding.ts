/**
 * What a look at an image found wrong.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { MessageCode, MessageParams } from "../messages/catalogue.js";
import type { imageMessages } from "../messages/image.js";

/** The codes that a finding can carry: all `image-…` codes of the catalogue. */
export type ImageFindingCode = Extract<keyof typeof imageMessages, `image-${string}`>;

/** One defect, as a catalogue code with its parameters. */
export interface ImageFinding {
  readonly code: ImageFindingCode & MessageCode;
  readonly params: MessageParams;
  /** `error`: the chip would not run it. `warning`: odd, and it may well run. */
  readonly severity: "error" | "warning";
}

/** Whoever checks the CRC (second boot, update code) is not known, and scripts disagree on it; the rest are alignments. */
const WARNINGS: ReadonlySet<ImageFindingCode> = new Set<ImageFindingCode>([
  "image-crc-mismatch",
  "image-crc-missing",
  "image-segment-unaligned",
  "image-irom-unaligned",
]);

/** A finding with the severity of its code. */
export function finding(code: ImageFindingCode, params: MessageParams): ImageFinding {
  return { code, params, severity: WARNINGS.has(code) ? "warning" : "error" };
}

/** The finding as the error that a strict reader throws. */
export function findingError({ code, params }: ImageFinding): FlasherError {
  return new FlasherError(code, params);
}
