/**
 * What of the present content the firmware that starts afterwards finds and can read.
 *
 * @module
 */
import { contains, overlaps, type Region } from "../flash/region.js";
import { Carriage, type CarriedRegion, carriedRegions } from "../maps/carried-regions.js";
import { DataFormat } from "../maps/data-formats.js";
import { Erasure, type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";

/** What the new firmware makes of present data that is left where it is. */
export const Usefulness = {
  /** It finds and reads it. */
  readable: "readable",
  /** All but a saved image in it, which is bound to the version that saved it. */
  readableInPart: "readable-in-part",
  /** It finds it; whether it reads it depends on a version that is not known. */
  perhaps: "perhaps",
  /** It looks there for the same in another format. */
  formatChanged: "format-changed",
  /** It does not look there, or has something else there. */
  placeChanged: "place-changed",
  /** It belongs to another family of firmware. */
  otherFirmware: "other-firmware",
} as const;
export type Usefulness = (typeof Usefulness)[keyof typeof Usefulness];

/** Whether data of this usefulness counts as kept. */
export function isKept(usefulness: Usefulness): boolean {
  return (
    usefulness === Usefulness.readable ||
    usefulness === Usefulness.readableInPart ||
    usefulness === Usefulness.perhaps
  );
}

/** Whether a region holds what a person or a program stored, and not only something that comes back by itself. */
export function holdsData({ erasure }: LayoutRegion): boolean {
  return erasure === Erasure.losesData;
}

/** Owners whose regions a firmware does not write before somebody asks it to; an update over the network is such. */
const LEFT_ALONE: readonly RegionOwner[] = [
  RegionOwner.free,
  RegionOwner.unused,
  RegionOwner.reserved,
  RegionOwner.user2,
];

/** Compares two layouts: of what starts now, and of what starts afterwards. */
export class Inheritance {
  readonly #carried: readonly CarriedRegion[];

  constructor(
    readonly present: FlashLayout | undefined,
    readonly future: FlashLayout | undefined,
  ) {
    const isKnown = present !== undefined && future !== undefined;
    this.#carried = isKnown ? carriedRegions(present, future) : [];
  }

  /** What the new firmware makes of the data of a present region in one sector. */
  usefulnessOf(region: LayoutRegion, sector: Region): Usefulness {
    if (region.owner === RegionOwner.free) return this.#freeUsefulness(sector);
    const entry = this.#carried.find(
      (carried) =>
        carried.region.id === region.id &&
        carried.region.offset === region.offset &&
        overlaps(carried.part, sector),
    );
    if (entry === undefined || (this.#isOtherFamily && region.format !== DataFormat.raw)) {
      return Usefulness.otherFirmware;
    }
    return ofCarriage(entry);
  }

  /** Whether a region of the future layout holds already what it is to hold, so that it need not be blank. */
  isInherited(region: LayoutRegion): boolean {
    const { present, future } = this;
    if (present === undefined || future === undefined || this.#isOtherFamily) return false;
    const there = present.regions.find(
      (other) => other.owner === region.owner && other.offset === region.offset && contains(other, region),
    );
    if (there === undefined) return false;
    if (holdsData(there)) return isKept(this.usefulnessOf(there, region));
    return there.format === region.format;
  }

  /** What a program put into free flash it finds again, sector by sector, unless the new firmware claims the place. */
  #freeUsefulness(sector: Region): Usefulness {
    const isClaimed = this.future?.regions.some(
      (other) => overlaps(other, sector) && !LEFT_ALONE.includes(other.owner),
    );
    return isClaimed === true ? Usefulness.placeChanged : Usefulness.readable;
  }

  get #isOtherFamily(): boolean {
    return this.present?.firmware.family !== this.future?.firmware.family;
  }
}

function ofCarriage({ carriage, readable, boundPart }: CarriedRegion): Usefulness {
  if (carriage === Carriage.formatChanged || readable === "no") return Usefulness.formatChanged;
  if (carriage !== Carriage.samePlace) return Usefulness.placeChanged;
  if (readable === "unknown") return Usefulness.perhaps;
  return boundPart === true ? Usefulness.readableInPart : Usefulness.readable;
}
