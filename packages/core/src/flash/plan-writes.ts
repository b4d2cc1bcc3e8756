/**
 * From images to the stretches that are erased and written for them.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import type { Statement } from "../image/flash-params.js";
import type { Target } from "../targets/target.js";
import { bytesOf, type FlashContents, isKnownBlank } from "./contents.js";
import { ERASED_BYTE, SECTOR_SIZE } from "./geometry.js";
import type { Fate, Fill, PlannedWrite } from "./plan.js";
import type { ImageInput, PreparedImage } from "./plan-images.js";
import {
  alignOutward,
  contains,
  mergeRegions,
  overlaps,
  type Region,
  regionBetween,
  regionEnd,
  subtractRegions,
} from "./region.js";

/** The chip that a plan is made for. */
export interface PlanChip {
  readonly mac: string;
  readonly flashSize: number;
  readonly loader: "rom" | "stub";
}

/** What `planWrites` goes by. */
export interface WritesRequest {
  readonly target: Target;
  readonly chip: PlanChip;
  readonly images: readonly PreparedImage[];
  readonly contents: FlashContents;
  /** Whole sectors that flash holds already as they are to be; not written. */
  readonly equal: readonly Region[];
  /** What is erased before the first write; all of the chip where it is erased first. */
  readonly erased: readonly Region[];
  /** What becomes of bytes around the images: kept where they are known, or given up to the images. */
  readonly around: "keep" | "clear";
  readonly codecs: Codecs;
}

/** Regions that share a sector with an image but belong to none: what has to be read for a plan that keeps them. */
export function fillRegions(images: readonly ImageInput[]): Region[] {
  const regions = images.map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  return sectorsOf(regions).flatMap((sectors) => subtractRegions(sectors, regions));
}

/** The sectors that hold any byte of the regions, merged, by rising offset. */
export function sectorsOf(regions: readonly Region[]): Region[] {
  return mergeRegions(regions.map((region) => alignOutward(region, SECTOR_SIZE)));
}

/** What erasing `sectors` with the chip's loader really erases. */
export function reallyErased(sectors: Region, target: Target, chip: PlanChip): Region {
  if (chip.loader === "stub") return sectors;
  const { offset, size } = target.rom.erases(sectors);
  return { offset, size: Math.min(size, chip.flashSize - offset) };
}

/** The writes by rising offset, and their bytes by SHA-256. */
export function planWrites(request: WritesRequest): {
  writes: PlannedWrite[];
  data: Map<string, Uint8Array>;
} {
  const stretches = sectorsOf(request.images.map(({ region }) => region)).flatMap((sectors) =>
    subtractRegions(sectors, request.equal),
  );
  const data = new Map<string, Uint8Array>();
  const writes = stretches.map((sectors) => {
    const { write, bytes } = planWrite(sectors, stretches, request);
    data.set(write.sha256, bytes);
    return write;
  });
  return { writes, data };
}

function planWrite(
  sectors: Region,
  stretches: readonly Region[],
  request: WritesRequest,
): { write: PlannedWrite; bytes: Uint8Array } {
  const { images, target, chip, contents } = request;
  const erases = reallyErased(sectors, target, chip);
  const bytes = new Uint8Array(sectors.size).fill(ERASED_BYTE);
  const fills = fillsOf(erases, sectors, stretches, request);
  for (const { region, fate } of fills) {
    const known = fate === "kept" ? bytesOf(region, contents) : undefined;
    if (known !== undefined) bytes.set(known, region.offset - sectors.offset);
  }
  const inside = images.filter(({ region }) => overlaps(sectors, region));
  for (const image of inside) copyInto(bytes, sectors, image);
  const write: PlannedWrite = {
    region: sectors,
    erases,
    sha256: toHex(request.codecs.sha256(bytes)),
    images: inside.map(({ planned }) => planned.name),
    fills,
  };
  return { write, bytes };
}

/** The part of the image that lies in `sectors`. */
function copyInto(bytes: Uint8Array, sectors: Region, { region, bytes: image }: PreparedImage): void {
  const start = Math.max(region.offset, sectors.offset);
  const end = Math.min(regionEnd(region), regionEnd(sectors));
  bytes.set(image.subarray(start - region.offset, end - region.offset), start - sectors.offset);
}

/** Fills by rising offset; neighbours with one fate are one. */
function fillsOf(
  erases: Region,
  sectors: Region,
  stretches: readonly Region[],
  request: WritesRequest,
): Fill[] {
  const images = request.images.map(({ region }) => region);
  const behind = regionBetween(regionEnd(sectors), regionEnd(erases));
  const holes = [sectors, behind].flatMap((part) => subtractRegions(part, images));
  const fills: Fill[] = [];
  for (const region of holes) {
    const fate = fateOf(region, sectors, stretches, request);
    const last = fills.at(-1);
    if (last?.fate === fate && regionEnd(last.region) === region.offset) {
      fills[fills.length - 1] = { region: regionBetween(last.region.offset, regionEnd(region)), fate };
    } else fills.push({ region, fate });
  }
  return fills;
}

/** The extra sector that the mask ROM erases is never written with this stretch, so nothing in it can be kept. */
function fateOf(
  region: Region,
  sectors: Region,
  stretches: readonly Region[],
  { contents, erased, around }: WritesRequest,
): Fate {
  const isErasedBefore = erased.some((before) => contains(before, region));
  if (around === "clear") {
    if (isErasedBefore) return "cleared";
    if (isKnownBlank(region, contents)) return "blank";
    return stretches.some((stretch) => contains(stretch, region)) ? "cleared" : "lost";
  }
  if (isErasedBefore || bytesOf(region, contents) === undefined) return "lost";
  if (isKnownBlank(region, contents)) return "blank";
  return contains(sectors, region) ? "kept" : "lost";
}

/** What a person should know of bytes around the images. */
export function fillStatements({ fills, images }: PlannedWrite): Statement[] {
  return fills
    .filter(({ fate }) => fate === "kept" || fate === "lost")
    .map(({ region, fate }) => ({
      code: fate === "kept" ? "fill-kept" : "fill-lost",
      params: { ...region, name: images.join(", ") },
    }));
}
