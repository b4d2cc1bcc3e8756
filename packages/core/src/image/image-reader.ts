/**
 * The state of one look at an image: the bytes, and what has been read and found so far.
 *
 * @module
 */
import { type MessageParams, phrase } from "../messages/catalogue.js";
import type { partMessages } from "../messages/parts.js";
import { finding, type ImageFinding, type ImageFindingCode } from "./finding.js";
import type { ImageTarget } from "./image-target.js";
import type { ImageHeader, ImageSegment, UpdateHeader } from "./image-types.js";

/** What of an image is looked for. */
type PartCode = keyof typeof partMessages;

/** Collects what can be read of an image, also of one that breaks off. */
export class ImageReader {
  header: ImageHeader | undefined;
  update: UpdateHeader | undefined;
  readonly segments: ImageSegment[] = [];
  readonly findings: ImageFinding[] = [];

  constructor(
    readonly bytes: Uint8Array,
    readonly target: ImageTarget,
  ) {}

  /** Notes a defect. */
  report(code: ImageFindingCode, params: MessageParams): void {
    this.findings.push(finding(code, params));
  }

  /** Whether `size` bytes are there from `offset`; notes that the image is cut off when they are not. */
  has(offset: number, size: number, what: PartCode, params: MessageParams = {}): boolean {
    const actual = Math.max(0, this.bytes.length - offset);
    if (actual >= size) return true;
    this.report("image-truncated", {
      what: phrase(what, params),
      offset,
      expected: size,
      actual,
    });
    return false;
  }
}
