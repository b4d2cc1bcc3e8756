/**
 * From a backup to what a restore writes and erases.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import type { ImageInput } from "../flash/plan-images.js";
import {
  alignOutward,
  intersect,
  mergeRegions,
  overlaps,
  type Region,
  regionEnd,
  subtractRegions,
} from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import { RegionOwner } from "../maps/layout.js";
import { type BackupRegion, BackupState } from "./manifest.js";
import type { Backup } from "./open-backup.js";
import { selectRegions } from "./select-regions.js";
import { assemble, hasBytes } from "./sparse-flash.js";

/** What to restore, and to which chip. */
export interface RestoreSelection {
  readonly backup: Backup;
  readonly chip: { readonly mac: string; readonly flashSize: number };
  /** Names of regions; everything in the backup where there are none. */
  readonly regions?: readonly string[] | undefined;
  /** Restore another chip's calibration too. */
  readonly force?: boolean | undefined;
}

/** What a restore does to the flash. All of it is whole sectors. */
export interface Restore {
  /** Stretches to write, by rising offset. */
  readonly images: readonly ImageInput[];
  /** Stretches that were blank and become so again, by rising offset. */
  readonly erases: readonly Region[];
  /** Ids of regions that come back, in whole. */
  readonly regions: readonly string[];
  /** What a person should know before saying yes. */
  readonly warnings: readonly Statement[];
}

/**
 * Decides what of a backup goes where.
 * @throws FlasherError `region-unknown`; `backup-region-left-out` for a region that is named but not in the backup;
 * `backup-beyond-flash` where it comes from a larger flash; `backup-other-chip` where it holds another chip's calibration
 */
export function planRestore(request: RestoreSelection): Restore {
  const { backup, chip, force = false } = request;
  const { manifest, flash } = backup;
  const wanted = wantedRegions(request);
  const outside = wanted.find((region) => regionEnd(region) > chip.flashSize);
  if (outside !== undefined) {
    throw new FlasherError("backup-beyond-flash", { ...bare(outside), flashSize: chip.flashSize });
  }
  const foreign = manifest.chip.mac === chip.mac ? [] : calibrationIn(backup, wanted);
  if (foreign.length > 0 && !force) {
    throw new FlasherError("backup-other-chip", {
      mac: manifest.chip.mac,
      actual: chip.mac,
      regions: foreign,
    });
  }
  const pieces = flash.pieces.flatMap((piece) =>
    wanted.flatMap((region) => intersect(region, { offset: piece.offset, size: piece.bytes.length }) ?? []),
  );
  const used = mergeRegions(pieces);
  return {
    images: used.map((region) => imageOf(region, backup)),
    erases: wanted.flatMap((region) => subtractRegions(region, used)),
    regions: restoredIds(manifest.regions, wanted),
    warnings: warningsOf(backup, wanted, foreign),
  };
}

/** Whole sectors, merged; all that the backup speaks for unless regions are named. */
function wantedRegions({ backup, regions: names }: RestoreSelection): Region[] {
  const { covers, regions } = backup.manifest;
  if (names === undefined || names.length === 0) return mergeRegions(covers);
  const selected = selectRegions(regions, names);
  // `wifi` names several regions, of which one that was left out is no reason to refuse the others.
  const held = selected.filter(({ state }) => state !== BackupState.leftOut);
  for (const name of names) {
    const ofName = selectRegions(regions, [name]);
    if (!ofName.some((region) => held.includes(region))) {
      throw new FlasherError("backup-region-left-out", { name });
    }
  }
  return mergeRegions(held.map((region) => alignOutward(region, SECTOR_SIZE)));
}

/** The sectors at the end of the chip in which calibration lies where no layout says: those of every known SDK. */
const CALIBRATION_TAIL = 5 * SECTOR_SIZE;

/** Names of what is wanted of calibration that is not blank. */
function calibrationIn({ manifest, flash }: Backup, wanted: readonly Region[]): string[] {
  const tail = { offset: manifest.flash.size - CALIBRATION_TAIL, size: CALIBRATION_TAIL };
  const known = manifest.regions.filter(({ owner }) => owner === RegionOwner.rfCal);
  const places: readonly (Region & { readonly id?: string })[] =
    manifest.regions.length > 0 ? known : [{ ...tail, id: "rf-cal" }];
  const found = places.filter(
    (place) => hasBytes(flash, place) && wanted.some((region) => overlaps(region, place)),
  );
  return [...new Set(found.map(({ id = "" }) => id))];
}

/** An image is named after the first region that begins in it, else after its offset. */
function imageOf(region: Region, { manifest, flash }: Backup): ImageInput {
  const named = manifest.files.find(({ offset }) => offset >= region.offset && offset < regionEnd(region));
  const name = named?.path.replace(/^flash\//, "") ?? `0x${region.offset.toString(16).padStart(8, "0")}`;
  return { name, offset: region.offset, bytes: assemble(region, flash) };
}

function restoredIds(regions: readonly BackupRegion[], wanted: readonly Region[]): string[] {
  const whole = regions.filter((region) => subtractRegions(region, wanted).length === 0);
  return [...new Set(whole.map(({ id }) => id))];
}

function warningsOf(
  { manifest }: Backup,
  wanted: readonly Region[],
  foreign: readonly string[],
): Statement[] {
  const touched = manifest.regions.filter((region) => wanted.some((part) => overlaps(part, region)));
  const altered = touched.filter(({ state }) => state === BackupState.altered).map(({ id }) => id);
  const left = manifest.regions.filter(({ state }) => state === BackupState.leftOut).map(({ id }) => id);
  const warnings: Statement[] = [];
  if (foreign.length > 0) {
    warnings.push({
      code: "backup-foreign-calibration",
      params: { regions: foreign, mac: manifest.chip.mac },
    });
  }
  if (altered.length > 0)
    warnings.push({ code: "backup-altered", params: { regions: [...new Set(altered)] } });
  if (left.length > 0) warnings.push({ code: "backup-left-out", params: { regions: [...new Set(left)] } });
  return warnings;
}

function bare({ offset, size }: Region): { offset: number; size: number } {
  return { offset, size };
}
