/**
 * Reads an 0xE9 image: header, segments, checksum.
 *
 * @module
 */
import { CHECKSUM_SEED, readWord, xorChecksum } from "../bytes.js";
import { decodeFlashParams } from "./flash-params.js";
import { findForeignChip } from "./foreign-chip.js";
import type { ImageReader } from "./image-reader.js";
import { findMemory } from "./image-target.js";
import {
  type BootImage,
  IMAGE_HEADER_SIZE,
  IMAGE_LINE_SIZE,
  type ImageChecksum,
  type ImageHeader,
  type ImageSegment,
  SEGMENT_HEADER_SIZE,
} from "./image-types.js";

/** The most segments that the boot ROM and image tools take. */
export const MAX_SEGMENTS = 16;

/** The 0xE9 image at `offset`, whose magic has been checked; `undefined` when it breaks off, with the findings noted. */
export function readBootImage(reader: ImageReader, offset: number): BootImage | undefined {
  if (!reader.has(offset, IMAGE_HEADER_SIZE, "part-header")) return undefined;
  const chip = findForeignChip(reader.bytes.subarray(offset), reader.target);
  if (chip !== undefined) {
    reader.report("image-other-chip", { chip, target: reader.target.name, offset });
    return undefined;
  }
  const header = readHeader(reader, offset);
  reader.header = header;
  if (!hasUsableCount(reader, header) || !readSegments(reader, header)) return undefined;
  const checksum = readChecksum(reader, header);
  if (checksum === undefined) return undefined;
  checkEntry(reader, header);
  return { header, segments: reader.segments, checksum, size: checksum.offset + 1 - offset };
}

function readHeader({ bytes, target }: ImageReader, offset: number): ImageHeader {
  return {
    offset,
    segmentCount: bytes[offset + 1],
    flashParams: decodeFlashParams(bytes[offset + 2], bytes[offset + 3], target.flashParams),
    entry: readWord(bytes, offset + 4),
  };
}

function hasUsableCount(reader: ImageReader, { offset, segmentCount }: ImageHeader): boolean {
  if (segmentCount === 0) reader.report("image-no-segments", { offset: offset + 1 });
  if (segmentCount > MAX_SEGMENTS) {
    reader.report("image-too-many-segments", {
      offset: offset + 1,
      expected: MAX_SEGMENTS,
      actual: segmentCount,
    });
  }
  return segmentCount > 0 && segmentCount <= MAX_SEGMENTS;
}

function readSegments(reader: ImageReader, header: ImageHeader): boolean {
  let offset = header.offset + IMAGE_HEADER_SIZE;
  for (let index = 0; index < header.segmentCount; index++) {
    const segment = readSegment(reader, index, offset);
    if (segment === undefined) return false;
    reader.segments.push(segment);
    offset = segment.offset + segment.size;
  }
  return true;
}

function readSegment(reader: ImageReader, index: number, headerOffset: number): ImageSegment | undefined {
  if (!reader.has(headerOffset, SEGMENT_HEADER_SIZE, "part-segment-header", { index })) return undefined;
  const address = readWord(reader.bytes, headerOffset);
  const size = readWord(reader.bytes, headerOffset + 4);
  const offset = headerOffset + SEGMENT_HEADER_SIZE;
  const actual = reader.bytes.length - offset;
  if (size > actual) {
    reader.report("image-segment-out-of-range", { index, offset, expected: size, actual });
    return undefined;
  }
  if (size % 4 !== 0) {
    reader.report("image-segment-unaligned", { index, offset, expected: 4, actual: size });
  }
  const memory = findMemory(reader.target, address, size);
  // An empty segment copies nothing, wherever it points.
  if (memory?.loadable !== true && size > 0) {
    reader.report("image-segment-bad-address", { index, offset, address, size, target: reader.target.name });
  }
  return { index, address, offset, size, memory: memory?.name };
}

/** Stored in the last byte of the line behind the data; data that fill their line are followed by one more. */
function readChecksum(reader: ImageReader, header: ImageHeader): ImageChecksum | undefined {
  const last = reader.segments[reader.segments.length - 1];
  const padded = (last.offset + last.size - header.offset) | (IMAGE_LINE_SIZE - 1);
  const offset = header.offset + padded;
  if (!reader.has(offset, 1, "part-checksum")) return undefined;
  const computed = reader.segments.reduce(
    (sum, segment) => xorChecksum(reader.bytes.subarray(segment.offset, segment.offset + segment.size), sum),
    CHECKSUM_SEED,
  );
  const stored = reader.bytes[offset];
  if (stored !== computed) {
    reader.report("image-checksum-mismatch", { offset, expected: stored, actual: computed });
  }
  return { offset, stored, computed };
}

function checkEntry(reader: ImageReader, { entry, offset }: ImageHeader): void {
  if (findMemory(reader.target, entry)?.executable === true) return;
  reader.report("image-entry-out-of-range", {
    address: entry,
    offset: offset + 4,
    target: reader.target.name,
  });
}
