/**
 * Follows an image in flash from header to header, without reading what lies between them.
 *
 * @module
 */

import { readWord } from "../../bytes.js";
import { type Region, regionEnd } from "../../flash/region.js";
import { MAX_SEGMENTS } from "../../image/boot-image.js";
import { decodeFlashParams, type FlashParams, type Statement } from "../../image/flash-params.js";
import { findMemory } from "../../image/image-target.js";
import {
  BOOT_MAGIC,
  CRC_SIZE,
  IMAGE_HEADER_SIZE,
  IMAGE_LINE_SIZE,
  SEGMENT_HEADER_SIZE,
  UPDATE_HEADER_SIZE,
  UPDATE_MAGIC,
} from "../../image/image-types.js";
import { phrase } from "../../messages/catalogue.js";
import { esp8266ImageTarget as target } from "../../targets/esp8266/image-target.js";
import type { FlashView } from "../sources/flash-view.js";

/** A segment in flash. */
export interface WalkedSegment extends Region {
  /** CPU address that it is copied to, or run at. */
  readonly address: number;
  /** Name of that memory; `undefined` where there is none. */
  readonly memory: string | undefined;
}

/** An image as far as its headers tell. Offsets are of the flash. */
export interface ImageWalk {
  readonly offset: number;
  /** First byte: `BOOT_MAGIC` or `UPDATE_MAGIC`. */
  readonly magic: number;
  /** Code that stays in flash, of an update image. */
  readonly code: Region | undefined;
  /** Mode, frequency and map of the 0xE9 header: for an update image what it was linked for. */
  readonly params: FlashParams | undefined;
  readonly segments: readonly WalkedSegment[];
  /** Offset behind checksum and CRC; `undefined` where the headers do not lead there. */
  readonly end: number | undefined;
  /** Offset behind the last byte that certainly belongs to it: `end`, or the header that makes no sense. */
  readonly reach: number;
  /** What does not fit together: codes of images. */
  readonly flaws: readonly Statement[];
}

/** The image whose first byte is at `offset`; `undefined` where there is none. */
export async function walkImage(view: FlashView, offset: number): Promise<ImageWalk | undefined> {
  const head = await view.read({ offset, size: UPDATE_HEADER_SIZE });
  if (head.length < UPDATE_HEADER_SIZE) return undefined;
  if (head[0] === BOOT_MAGIC) return walkBoot(view, offset, offset, undefined);
  if (head[0] !== UPDATE_MAGIC || head[1] !== 4) return undefined;
  const size = readWord(head, 12);
  const code = { offset: offset + UPDATE_HEADER_SIZE, size };
  if (regionEnd(code) + IMAGE_HEADER_SIZE > view.size) {
    const actual = Math.max(0, view.size - code.offset);
    const params = { what: phrase("part-code-block"), offset: code.offset, expected: size, actual };
    return broken(offset, code, view.size, { code: "image-truncated", params });
  }
  return walkBoot(view, offset, regionEnd(code), code);
}

/** Follows the 0xE9 image at `offset`, which ends the image that begins at `start`. */
async function walkBoot(
  view: FlashView,
  start: number,
  offset: number,
  code: Region | undefined,
): Promise<ImageWalk> {
  const head = await view.read({ offset, size: IMAGE_HEADER_SIZE + SEGMENT_HEADER_SIZE });
  if (head[0] !== BOOT_MAGIC) {
    const params = { offset, expected: BOOT_MAGIC, actual: head[0] };
    return broken(start, code, offset, { code: "image-bad-magic", params });
  }
  const params = decodeFlashParams(head[2]!, head[3]!, target.flashParams);
  const { segments, flaws } = await walkSegments(view, offset, head[1]!);
  const last = segments.at(-1);
  const isWhole = flaws.length === 0 && last !== undefined;
  const magic = code === undefined ? BOOT_MAGIC : UPDATE_MAGIC;
  const end = isWhole ? endOf(offset, regionEnd(last)) + (code === undefined ? 0 : CRC_SIZE) : undefined;
  const reach = end ?? (last === undefined ? offset + IMAGE_HEADER_SIZE : regionEnd(last));
  return { offset: start, magic, code, params, segments, end, reach, flaws };
}

async function walkSegments(
  view: FlashView,
  header: number,
  count: number,
): Promise<{ segments: WalkedSegment[]; flaws: Statement[] }> {
  const segments: WalkedSegment[] = [];
  if (count === 0)
    return { segments, flaws: [{ code: "image-no-segments", params: { offset: header + 1 } }] };
  if (count > MAX_SEGMENTS) {
    const params = { offset: header + 1, expected: MAX_SEGMENTS, actual: count };
    return { segments, flaws: [{ code: "image-too-many-segments", params }] };
  }
  let at = header + IMAGE_HEADER_SIZE;
  for (let index = 0; index < count; index++) {
    const head = await view.read({ offset: at, size: SEGMENT_HEADER_SIZE });
    if (head.length < SEGMENT_HEADER_SIZE) return { segments, flaws: [cutOff(index, at, head.length)] };
    const segment = segmentOf(head, at + SEGMENT_HEADER_SIZE);
    const flaw = flawOf(segment, index, view.size);
    if (flaw !== undefined) return { segments, flaws: [flaw] };
    segments.push(segment);
    at = regionEnd(segment);
  }
  return { segments, flaws: [] };
}

function segmentOf(head: Uint8Array, offset: number): WalkedSegment {
  const address = readWord(head, 0);
  const size = readWord(head, 4);
  return { address, offset, size, memory: findMemory(target, address, size)?.name };
}

function flawOf({ address, offset, size, memory }: WalkedSegment, index: number, flashSize: number) {
  const actual = flashSize - offset;
  if (size > actual) {
    return { code: "image-segment-out-of-range", params: { index, offset, expected: size, actual } } as const;
  }
  // An empty segment copies nothing, wherever it points; a header of zeros is none, but overwritten or misread.
  if (memory !== undefined || (size === 0 && address !== 0)) return undefined;
  const params = { index, offset, address, size, target: target.name };
  return { code: "image-segment-bad-address", params } as const;
}

function cutOff(index: number, offset: number, actual: number): Statement {
  const what = `the header of segment ${index}`;
  return { code: "image-truncated", params: { what, offset, expected: SEGMENT_HEADER_SIZE, actual } };
}

/** Behind the checksum, which is the last byte of the line behind the data; counted from the 0xE9 header. */
function endOf(header: number, dataEnd: number): number {
  return header + ((dataEnd - header) | (IMAGE_LINE_SIZE - 1)) + 1;
}

function broken(offset: number, code: Region | undefined, reach: number, flaw: Statement): ImageWalk {
  const magic = code === undefined ? BOOT_MAGIC : UPDATE_MAGIC;
  return { offset, magic, code, params: undefined, segments: [], end: undefined, reach, flaws: [flaw] };
}
