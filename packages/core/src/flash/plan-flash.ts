/**
 * From images to a plan. Pure: what is on the chip comes in as data.
 *
 * @module
 */
import { isFilledWith, toHex } from "../bytes.js";
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import type { Statement } from "../image/flash-params.js";
import type { HeaderChoice } from "../image/patch-header.js";
import type { Target } from "../targets/target.js";
import { ERASED_BYTE, SECTOR_SIZE } from "./geometry.js";
import type { Fate, Fill, FlashPlan, PlanData, PlannedWrite } from "./plan.js";
import { checkImages, type ImageInput, type PreparedImage, prepareImages } from "./plan-images.js";
import { alignOutward, contains, mergeRegions, overlaps, type Region, subtractRegions } from "./region.js";

/** Bytes that are known to be on the chip. */
export interface KnownContent {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The chip that a plan is made for. */
export interface PlanChip {
  readonly mac: string;
  readonly flashSize: number;
  readonly loader: "rom" | "stub";
}

/** What to plan. */
export interface PlanRequest {
  readonly target: Target;
  readonly chip: PlanChip;
  readonly images: readonly ImageInput[];
  /** Flash parameters for the image at offset 0; what is not named stays as it is in the file. */
  readonly header?: HeaderChoice;
  /** What is on the chip around the images, from `readFills`; without it those bytes are lost. */
  readonly contents?: readonly KnownContent[];
  /** Erase the whole chip first. */
  readonly eraseChip?: boolean;
  readonly codecs?: Codecs;
}

/** Regions that share a sector with an image but belong to none: what has to be read for a plan that keeps them. */
export function fillRegions(images: readonly ImageInput[]): Region[] {
  const regions = images.map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  return sectorsOf(regions).flatMap((sectors) => subtractRegions(sectors, regions));
}

/**
 * Plans a write. Sectors that images share with other bytes are completed from `contents`, so that nothing around the
 * images is lost; where that is not known, the plan says what is.
 * @throws FlasherError `nothing-to-write`, `file-empty`, `images-overlap`, `does-not-fit`, `offset-misaligned`,
 * `image-other-chip`, `needs-stub` (whole-chip erase by the mask ROM)
 */
export function planFlash(request: PlanRequest): { plan: FlashPlan; data: PlanData } {
  const { target, chip, eraseChip = false, codecs = defaultCodecs } = request;
  checkImages(request.images, target, chip.flashSize);
  if (eraseChip && chip.loader === "rom")
    throw new FlasherError("needs-stub", { operation: "erasing the whole chip" });
  const { images, warnings } = prepareImages(
    request.images,
    request.header ?? {},
    target,
    chip.flashSize,
    codecs,
  );
  const data = new Map<string, Uint8Array>();
  const writes = sectorsOf(images.map(({ region }) => region)).map((sectors) => {
    const { write, bytes } = planWrite(sectors, images, request, codecs);
    data.set(write.sha256, bytes);
    return write;
  });
  const plan: FlashPlan = {
    format: "flashwright/plan",
    version: 1,
    target: target.name,
    mac: chip.mac,
    flashSize: chip.flashSize,
    loader: chip.loader,
    eraseChip,
    images: images.map(({ planned }) => planned),
    writes,
    warnings: [...warnings, ...writes.flatMap(fillStatements)],
  };
  return { plan, data };
}

function sectorsOf(regions: readonly Region[]): Region[] {
  return mergeRegions(regions.map((region) => alignOutward(region, SECTOR_SIZE)));
}

function planWrite(
  sectors: Region,
  images: readonly PreparedImage[],
  request: PlanRequest,
  codecs: Codecs,
): { write: PlannedWrite; bytes: Uint8Array } {
  const { target, chip, contents = [], eraseChip = false } = request;
  const inside = images.filter(({ region }) => overlaps(sectors, region));
  const erases = chip.loader === "rom" ? withinFlash(target.rom.erases(sectors), chip.flashSize) : sectors;
  const bytes = new Uint8Array(sectors.size).fill(ERASED_BYTE);
  const holes = subtractRegions(
    erases,
    images.map(({ region }) => region),
  );
  const fills = holes.map((region): Fill => {
    const known = eraseChip ? undefined : contentOf(region, contents);
    if (known !== undefined && contains(sectors, region)) bytes.set(known, region.offset - sectors.offset);
    return { region, fate: fateOf(region, known, sectors) };
  });
  for (const { region, bytes: image } of inside) bytes.set(image, region.offset - sectors.offset);
  const write: PlannedWrite = {
    region: sectors,
    erases,
    sha256: toHex(codecs.sha256(bytes)),
    images: inside.map(({ planned }) => planned.name),
    fills,
  };
  return { write, bytes };
}

function withinFlash(region: Region, flashSize: number): Region {
  return { offset: region.offset, size: Math.min(region.size, flashSize - region.offset) };
}

/** The extra sector that the mask ROM erases is never written, so nothing in it can be kept. */
function fateOf(region: Region, known: Uint8Array | undefined, sectors: Region): Fate {
  if (known === undefined) return "lost";
  if (isFilledWith(known, ERASED_BYTE)) return "blank";
  return contains(sectors, region) ? "kept" : "lost";
}

function contentOf(region: Region, contents: readonly KnownContent[]): Uint8Array | undefined {
  const known = contents.find(({ offset, bytes }) => contains({ offset, size: bytes.length }, region));
  const start = region.offset - (known?.offset ?? 0);
  return known?.bytes.subarray(start, start + region.size);
}

function fillStatements({ fills, images }: PlannedWrite): Statement[] {
  return fills
    .filter(({ fate }) => fate !== "blank")
    .map(({ region, fate }) => ({
      code: fate === "kept" ? "fill-kept" : "fill-lost",
      params: { ...region, name: images.join(", ") },
    }));
}
