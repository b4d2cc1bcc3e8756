/**
 * What has to be done on one chip to reach a goal.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import type { Codecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import type { FlashContents } from "../flash/contents.js";
import { checkErase } from "../flash/erase.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { checkImages, type PreparedImage, prepareImages } from "../flash/plan-images.js";
import { type PlanChip, reallyErased } from "../flash/plan-writes.js";
import { alignOutward, mergeRegions, type Region, subtractRegions } from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import type { Target } from "../targets/target.js";
import { blankTarget, equalSectors, type SectorTarget, wholeSectors } from "./equal-sectors.js";
import type { Goal, GoalImage } from "./goal.js";

/** Images as they go to flash, and what there is to say of them. */
export interface PreparedGoal {
  readonly images: readonly PreparedImage[];
  /** All that is to be there: images in whole sectors, and blanks. */
  readonly targets: readonly SectorTarget[];
  readonly warnings: readonly Statement[];
}

/** What there is to do. */
export interface Work {
  /** Sectors of images and blanks that are already as they are to be. */
  readonly equal: readonly Region[];
  /** Sectors to erase that are not written; with the mask ROM what it really erases. */
  readonly erases: readonly Region[];
}

/** Checks and patches the images. @throws FlasherError `nothing-to-write` and those of `checkImages`, `checkErase` */
export function prepareGoal(goal: Goal, target: Target, flashSize: number, codecs: Codecs): PreparedGoal {
  if (goal.images.length === 0 && goal.blank.length === 0) throw new FlasherError("nothing-to-write");
  if (goal.images.length > 0) checkImages(goal.images, target, flashSize);
  for (const { region } of goal.blank) checkErase(region, flashSize);
  const files = goal.images.filter(({ asIs }) => asIs !== true);
  const prepared = prepareImages(files, goal.header, target, flashSize, codecs);
  const fromChip = goal.images.filter(({ asIs }) => asIs === true).map((image) => asItIs(image, codecs));
  const images = [...prepared.images, ...fromChip].sort((a, b) => a.region.offset - b.region.offset);
  return {
    images,
    targets: [...wholeSectors(images), ...blanksBeside(images, goal).map(blankTarget)],
    // That the map declares less than the chip has was decided, and has its reason in the header.
    warnings: prepared.warnings.filter(({ code }) => code !== "header-size-differs"),
  };
}

/** Compares the goal with what is known of the chip. */
export function workFor(
  goal: Goal,
  { images, targets }: PreparedGoal,
  target: Target,
  given: { readonly chip: PlanChip; readonly contents: FlashContents; readonly codecs: Codecs },
): Work {
  const { chip, contents, codecs } = given;
  // The mask ROM erases sectors that were not asked for, so that all of a goal is written again.
  const equal =
    chip.loader === "rom"
      ? []
      : mergeRegions(targets.flatMap((each) => equalSectors(each, contents, codecs)));
  const blank = blanksBeside(images, goal).flatMap((region) => subtractRegions(region, equal));
  return { equal, erases: erasesFor(blank, target, chip) };
}

/** Blanks that lie under images are the images'. */
function blanksBeside(images: readonly PreparedImage[], { blank }: Goal): Region[] {
  const taken = images.map(({ region }) => alignOutward(region, SECTOR_SIZE));
  return mergeRegions(blank.map(({ region }) => region)).flatMap((region) => subtractRegions(region, taken));
}

/** With the mask ROM a sector more here and there, until nothing is added any more. */
function erasesFor(blank: readonly Region[], target: Target, chip: PlanChip): Region[] {
  let erases = mergeRegions(blank);
  for (;;) {
    const real = mergeRegions(erases.map((region) => reallyErased(region, target, chip)));
    const isStable = real.every((region, index) => region.size === erases[index]?.size);
    if (isStable && real.length === erases.length) return real;
    erases = real;
  }
}

function asItIs({ name, offset, bytes }: GoalImage, codecs: Codecs): PreparedImage {
  const sha256 = toHex(codecs.sha256(bytes));
  return {
    planned: { name, offset, size: bytes.length, sha256, headerChanges: [] },
    region: { offset, size: bytes.length },
    bytes,
  };
}
