/**
 * From a goal to a plan: what has to be written and erased, given what is on the chip.
 *
 * @module
 */
import { toHex } from "../bytes.js";
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { type FlashContents, isKnownBlank } from "../flash/contents.js";
import { checkErase } from "../flash/erase.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import type { FlashPlan, PlanData } from "../flash/plan.js";
import { checkImages, type PreparedImage, prepareImages } from "../flash/plan-images.js";
import { fillStatements, planWrites, reallyErased } from "../flash/plan-writes.js";
import {
  contains,
  mergeRegions,
  overlaps,
  type Region,
  regionBetween,
  regionEnd,
  subtractRegions,
} from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import type { SectorAccount } from "./account.js";
import { SectorTable, untouched, withDigests } from "./accounts.js";
import { blankTarget, equalSectors, slice, type Target, wholeSectors } from "./equal-sectors.js";
import { Fates } from "./fates.js";
import type { Goal, GoalImage } from "./goal.js";
import { checkChipErase } from "./image-plan.js";
import type { MeaningRequest, SurveyedChip } from "./package-request.js";
import { plannedHeader } from "./planned-header.js";

/** What `planFlash` gives. */
export interface PlannedFlash {
  readonly plan: FlashPlan;
  /** The bytes to write. */
  readonly data: PlanData;
  /** What to save before the plan runs: what it loses, and on installs and repairs what a person stored. Merged, rising. */
  readonly backup: readonly Region[];
}

/** What a goal comes to on one chip. */
interface Work {
  readonly images: readonly PreparedImage[];
  /** All that is to be there: images in whole sectors, and blanks. */
  readonly targets: readonly Target[];
  /** Sectors of images and blanks that are so already. */
  readonly equal: readonly Region[];
  /** Sectors to erase that are not written. */
  readonly erases: readonly Region[];
}

/**
 * The plan for a goal.
 * @throws FlasherError `nothing-to-write` and those of `checkImages`
 */
export function planGoal(goal: Goal, request: MeaningRequest, contents: FlashContents): PlannedFlash {
  const { target, chip, codecs = defaultCodecs } = request;
  const eraseChip = "eraseChip" in request && request.eraseChip === true;
  checkChipErase(eraseChip, chip);
  const { images, warnings } = prepare(goal, request, codecs);
  const work = workFor(goal, images, { request, contents, codecs, eraseChip });
  const { writes, data } = planWrites({
    target,
    chip,
    images,
    contents,
    equal: work.equal,
    erased: eraseChip ? [wholeChip(chip)] : work.erases,
    around: "clear",
    codecs,
  });
  const header = plannedHeader(images, goal.header, target, goal.reasons);
  const plan: FlashPlan = {
    format: "flashwright/plan",
    version: 2,
    intent: request.intent,
    target: target.name,
    mac: chip.mac,
    flashSize: chip.flashSize,
    loader: chip.loader,
    ...(goal.firmware === undefined ? {} : { firmware: goal.firmware }),
    ...(header === undefined ? {} : { header }),
    ...(goal.boots === undefined ? {} : { boots: goal.boots }),
    eraseChip,
    images: images.map(({ planned }) => planned),
    erases: work.erases,
    writes,
    accounts: [],
    warnings: [...goal.warnings, ...warnings, ...writes.flatMap(fillStatements)],
  };
  const accounts = accountsFor(plan, goal, work, { request, contents, codecs });
  const backup = accounts.filter(({ backedUp }) => backedUp).map(({ region }) => region);
  return { plan: { ...plan, accounts }, data, backup: mergeRegions(backup) };
}

/** What `gatherContents` compares: everything that is to be written or blank. */
export function targetsOf(goal: Goal, request: MeaningRequest): readonly Target[] {
  const { codecs = defaultCodecs } = request;
  const { images } = prepare(goal, request, codecs);
  return targetsFor(goal, images);
}

function prepare(
  goal: Goal,
  { target, chip }: MeaningRequest,
  codecs: Codecs,
): { images: PreparedImage[]; warnings: Statement[] } {
  if (goal.images.length === 0 && goal.blank.length === 0) throw new FlasherError("nothing-to-write");
  if (goal.images.length > 0) checkImages(goal.images, target, chip.flashSize);
  for (const { region } of goal.blank) checkErase(region, chip.flashSize);
  const files = goal.images.filter(({ asIs }) => asIs !== true);
  const prepared = prepareImages(files, goal.header, target, chip.flashSize, codecs);
  const fromChip = goal.images.filter(({ asIs }) => asIs === true).map((image) => asItIs(image, codecs));
  return {
    images: [...prepared.images, ...fromChip].sort((a, b) => a.region.offset - b.region.offset),
    // That the map declares less than the chip has was decided, and has its reason in the header.
    warnings: prepared.warnings.filter(({ code }) => code !== "header-size-differs"),
  };
}

function asItIs({ name, offset, bytes }: GoalImage, codecs: Codecs): PreparedImage {
  const sha256 = toHex(codecs.sha256(bytes));
  return {
    planned: { name, offset, size: bytes.length, sha256, headerChanges: [] },
    region: { offset, size: bytes.length },
    bytes,
  };
}

function workFor(
  goal: Goal,
  images: readonly PreparedImage[],
  given: {
    readonly request: MeaningRequest;
    readonly contents: FlashContents;
    readonly codecs: Codecs;
    readonly eraseChip: boolean;
  },
): Work {
  const { contents, codecs, eraseChip } = given;
  const { chip } = given.request;
  const targets = targetsFor(goal, images);
  if (eraseChip) return { images, targets, equal: [], erases: [] };
  const equal = mergeRegions(targets.flatMap((target) => equalSectors(target, contents, codecs)));
  const blank = mergeRegions(goal.blank.map(({ region }) => region)).flatMap((region) =>
    subtractRegions(region, [...images.map(sectorsOfImage), ...equal]),
  );
  return { images, targets, equal, erases: erasesFor(blank, given.request.target, chip) };
}

/** Blanks that lie under images are the images'. */
function targetsFor(goal: Goal, images: readonly PreparedImage[]): Target[] {
  const written = wholeSectors(images);
  const taken = written.map(({ offset, bytes }) => ({ offset, size: bytes.length }));
  const blank = mergeRegions(goal.blank.map(({ region }) => region)).flatMap((region) =>
    subtractRegions(region, taken),
  );
  return [...written, ...blank.map(blankTarget)];
}

function sectorsOfImage({ region }: PreparedImage): Region {
  const offset = region.offset - (region.offset % SECTOR_SIZE);
  return regionBetween(offset, Math.ceil(regionEnd(region) / SECTOR_SIZE) * SECTOR_SIZE);
}

/** What the loader really erases: with the mask ROM a sector more here and there, until nothing is added any more. */
function erasesFor(blank: readonly Region[], target: MeaningRequest["target"], chip: SurveyedChip): Region[] {
  let erases = mergeRegions(blank);
  for (;;) {
    const real = mergeRegions(erases.map((region) => reallyErased(region, target, chip)));
    const isStable = real.every((region, index) => region.size === erases[index]?.size);
    if (isStable && real.length === erases.length) return real;
    erases = real;
  }
}

function accountsFor(
  plan: FlashPlan,
  goal: Goal,
  work: Work,
  given: { readonly request: MeaningRequest; readonly contents: FlashContents; readonly codecs: Codecs },
): SectorAccount[] {
  const { request, contents, codecs } = given;
  const fates = new Fates({
    intent: request.intent,
    survey: request.survey,
    future: goal.layout,
    contents,
  });
  const table = new SectorTable(plan.flashSize);
  const reasonFor = (sector: Region): Statement | undefined =>
    goal.blank.find(({ region }) => contains(region, sector))?.reason;
  table.set(wholeChip(request.chip), (_, sector) =>
    plan.eraseChip ? fates.erased(sector, chipErased) : fates.untouched(sector),
  );
  for (const region of extraErases(plan)) {
    table.set(region, (_, sector) => withExtraErase(fates, sector, contents));
  }
  for (const region of plan.erases) {
    table.set(region, (facts, sector) => {
      const reason = reasonFor(sector);
      return reason === undefined ? facts : fates.erased(sector, reason);
    });
  }
  const ownerOf = (sector: Region) => ownerAmong(goal.images, sector) ?? fates.ownerOf(sector);
  for (const { region } of plan.writes) {
    table.set(region, (_, sector) => fates.written(sector, ownerOf(sector)));
  }
  for (const region of work.equal) {
    table.set(region, (_, sector) => fates.equal(sector, ownerOf(sector), reasonFor(sector)));
  }
  const accounts = withDigests(table.accounts(), contents.digests);
  return accounts.map((account) =>
    account.fate === "equal" ? { ...account, md5: md5Of(account.region, work.targets, codecs) } : account,
  );
}

const chipErased: Statement = { code: "sector-chip-erased", params: {} };
const erasedByRom: Statement = { code: "sector-erased-by-rom", params: {} };

/** Sectors that the mask ROM takes with others. */
function extraErases({ erases, writes }: FlashPlan): Region[] {
  const behind = writes.map((write) => regionBetween(regionEnd(write.region), regionEnd(write.erases)));
  return [...erases, ...behind].filter(({ size }) => size > 0);
}

function withExtraErase(fates: Fates, sector: Region, contents: FlashContents) {
  const facts = fates.erased(sector, erasedByRom);
  return isKnownBlank(sector, contents) ? { ...untouched, ...facts } : facts;
}

function ownerAmong(images: readonly GoalImage[], sector: Region): GoalImage["owner"] {
  return images.find(({ offset, bytes }) => overlaps({ offset, size: bytes.length }, sector))?.owner;
}

/** Of what a region of whole sectors is to hold, which may be several targets side by side. */
function md5Of(region: Region, targets: readonly Target[], codecs: Codecs): string {
  const bytes = new Uint8Array(region.size);
  for (const target of targets) {
    const start = Math.max(region.offset, target.offset);
    const end = Math.min(regionEnd(region), target.offset + target.bytes.length);
    if (start < end) bytes.set(slice(target, regionBetween(start, end)), start - region.offset);
  }
  return toHex(codecs.md5(bytes));
}

function wholeChip({ flashSize }: SurveyedChip): Region {
  return { offset: 0, size: flashSize };
}
