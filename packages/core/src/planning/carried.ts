/**
 * What of the present content the firmware that starts afterwards finds and can read.
 *
 * @module
 */
import { overlaps, type Region } from "../flash/region.js";
import { Erasure, type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";

/** Why present data is of no use afterwards, or that it is. */
export const Carried = {
  /** The same place, and a format that the new firmware reads. */
  readable: "readable",
  /** The same place in the same format, as far as the version is known, which it is not. */
  perhaps: "perhaps",
  formatChanged: "format-changed",
  /** The new firmware has it at another place, or has no such thing. */
  placeChanged: "place-changed",
  /** Another family's. */
  otherFirmware: "other-firmware",
} as const;
export type Carried = (typeof Carried)[keyof typeof Carried];

const NOBODYS: readonly RegionOwner[] = [RegionOwner.free, RegionOwner.unused, RegionOwner.reserved];

/** Whether a region holds what a person or a program stored, and not only something that comes back by itself. */
export function holdsData({ erasure }: LayoutRegion): boolean {
  return erasure === Erasure.losesData;
}

/** What becomes of a region's content that is left where it is. */
export function carriedTo(
  region: LayoutRegion,
  present: FlashLayout,
  future: FlashLayout | undefined,
): Carried {
  if (region.owner === RegionOwner.free) return freeCarried(region, future);
  if (future === undefined || present.firmware.family !== future.firmware.family) {
    return Carried.otherFirmware;
  }
  const heir = future.regions.find(({ owner, offset }) => owner === region.owner && offset === region.offset);
  if (heir === undefined) return Carried.placeChanged;
  if (heir.format !== region.format) return Carried.formatChanged;
  const isGuess = present.versionAssumed === true || future.versionAssumed === true;
  return isGuess && region.format !== undefined ? Carried.perhaps : Carried.readable;
}

/** What a program put into free flash it finds again as long as the firmware does not claim the place. */
function freeCarried(region: Region, future: FlashLayout | undefined): Carried {
  const claimed = future?.regions.some(
    (other) => overlaps(other, region) && !NOBODYS.includes(other.owner) && other.owner !== RegionOwner.user2,
  );
  return claimed === true ? Carried.placeChanged : Carried.readable;
}
