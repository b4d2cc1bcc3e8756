/**
 * What becomes of a person's data when one firmware follows another.
 *
 * @module
 */
import { contains, intersect, mergeRegions, type Region, subtractRegions } from "../flash/region.js";
import { DataFormat, type DataFormatName, dataFormats } from "./data-formats.js";
import { Erasure, type FlashLayout, type LayoutRegion, RegionOwner } from "./layout.js";
import { type Readable, readableBy } from "./readable-by.js";

/** What becomes of a region's data, as long as its bytes are left alone. */
export const Carriage = {
  /** The new firmware looks for it in the same place. */
  samePlace: "same-place",
  /** It would understand it, but looks for it elsewhere. */
  moved: "moved",
  /** It looks for such data, but does not understand these. */
  formatChanged: "format-changed",
  /** The place belongs to something else, which will be written. */
  overlaid: "overlaid",
  /** The new firmware has no use for such data, and leaves the place alone. */
  unread: "unread",
} as const;
export type Carriage = (typeof Carriage)[keyof typeof Carriage];

/** A region of the old layout, or a part of one, and its fate under the new one. */
export interface CarriedRegion {
  /** Of the old layout. */
  readonly region: LayoutRegion;
  /** The bytes meant: all of the region, but where single sectors of it are of use without the others. */
  readonly part: Region;
  readonly carriage: Carriage;
  /** Whether the new firmware could use the data. */
  readonly readable: Readable;
  /** Where the new firmware keeps what takes its place; `undefined` where nothing does. */
  readonly heir: LayoutRegion | undefined;
  /** Regions of the new layout that lie over it and are written by the new firmware; empty unless `overlaid`. */
  readonly under: readonly LayoutRegion[];
  /** Set where something in it, a saved RAM image, is of no use to another version, and the versions differ or are not known. */
  readonly boundPart?: true;
}

/** Every region of the old layout that holds a person's or a program's data, by rising offset. */
export function carriedRegions(from: FlashLayout, to: FlashLayout): CarriedRegion[] {
  return from.regions
    .filter(({ erasure, owner }) => erasure === Erasure.losesData && owner !== RegionOwner.unused)
    .flatMap((region) => partsOf(region, to).map((part) => carry(region, part, { from, to })));
}

/** What a program put into free flash is worth something sector by sector; a file system that lost one is damaged. */
function partsOf(region: LayoutRegion, to: FlashLayout): Region[] {
  if (region.format !== DataFormat.raw) return [{ offset: region.offset, size: region.size }];
  const under = takenOver(region, region, to).flatMap((other) => intersect(other, region) ?? []);
  return [...mergeRegions(under), ...subtractRegions(region, under)].sort((a, b) => a.offset - b.offset);
}

function takenOver(region: LayoutRegion, part: Region, to: FlashLayout): LayoutRegion[] {
  return to.regions.filter(
    (other) => other.owner !== region.owner && isTaken(other) && intersect(other, part) !== undefined,
  );
}

function carry(
  region: LayoutRegion,
  part: Region,
  { from, to }: { readonly from: FlashLayout; readonly to: FlashLayout },
): CarriedRegion {
  const heir = heirOf(region, to);
  const under = takenOver(region, part, to).filter((other) => other !== heir);
  const format = region.format as DataFormatName | undefined;
  const readable = format === undefined ? "unknown" : readableBy(format, to.firmware, from.firmware);
  const isBound = format !== undefined && dataFormats[format].bound === "part" && !isSameVersion(from, to);
  return {
    region,
    part,
    carriage: carriageOf(part, { heir, under, readable }),
    readable,
    heir,
    under,
    ...(isBound && { boundPart: true as const }),
  };
}

function carriageOf(
  part: Region,
  { heir, under, readable }: Pick<CarriedRegion, "heir" | "under" | "readable">,
): Carriage {
  if (under.length > 0) return Carriage.overlaid;
  if (heir === undefined) return Carriage.unread;
  if (readable === "no") return Carriage.formatChanged;
  if (heir.format === DataFormat.raw) return contains(heir, part) ? Carriage.samePlace : Carriage.moved;
  return heir.offset === part.offset && contains(heir, part) ? Carriage.samePlace : Carriage.moved;
}

/** What keeps such data in the new layout: the same kind, at best in the same place, else what has replaced it. */
function heirOf(region: LayoutRegion, to: FlashLayout): LayoutRegion | undefined {
  const kin = to.regions.filter(({ owner }) => owner === region.owner);
  const near = kin.filter((other) => intersect(other, region) !== undefined);
  const heirs = heirOwners[region.owner] ?? [];
  return (
    near.find(({ offset, format }) => offset === region.offset && format === region.format) ??
    near[0] ??
    kin.find(({ format }) => format === region.format && region.owner !== RegionOwner.free) ??
    kin.find(() => region.owner !== RegionOwner.free) ??
    to.regions.find(({ owner }) => heirs.includes(owner))
  );
}

const heirOwners: Partial<Record<RegionOwner, readonly RegionOwner[]>> = {
  "saved-code": [RegionOwner.storage],
  storage: [RegionOwner.savedCode],
  wifi: [RegionOwner.storage],
};

function isTaken({ owner }: LayoutRegion): boolean {
  return owner !== RegionOwner.unused && owner !== RegionOwner.reserved && owner !== RegionOwner.free;
}

function isSameVersion({ firmware: a }: FlashLayout, { firmware: b }: FlashLayout): boolean {
  return a.version !== undefined && a.family === b.family && a.build === b.build && a.version === b.version;
}
