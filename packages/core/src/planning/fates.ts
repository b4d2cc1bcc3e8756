/**
 * What becomes of each sector when a goal is reached, and what that costs.
 *
 * @module
 */
import type { SlotState, Survey } from "../diagnose/survey.js";
import { Intent, SectorFate } from "../flash/account.js";
import { type FlashContents, isKnownBlank } from "../flash/contents.js";
import { contains, containsOffset, overlaps, type Region, regionEnd } from "../flash/region.js";
import type { Statement } from "../image/flash-params.js";
import { FirmwareFamily } from "../maps/firmware-id.js";
import { type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";
import { type SectorFacts, untouched } from "./accounts.js";
import { holdsData, Inheritance, isKept, Usefulness } from "./carried.js";

/** What the fate of a sector depends on. */
export interface FateSources {
  readonly intent: Intent;
  readonly survey: Survey | undefined;
  /** Layout of what starts afterwards. */
  readonly future: FlashLayout | undefined;
  readonly contents: FlashContents;
}

/** Says what becomes of sectors of one chip. */
export class Fates {
  /** Regions of the present firmware that belong to somebody, those for programs as far as they are filled. */
  readonly #present: readonly LayoutRegion[];
  /** Those in which nobody stored anything. Zeros are what fills a file for the whole chip. */
  readonly #empty: ReadonlySet<string>;
  readonly #inheritance: Inheritance;

  constructor(readonly sources: FateSources) {
    const { survey } = sources;
    const empty = survey?.regions.filter(({ content }) => content === "blank" || content === "zeros") ?? [];
    this.#empty = new Set(empty.map(({ region }) => keyOf(region)));
    const slots = survey?.slots ?? [];
    this.#present = (survey?.layout?.regions ?? [])
      .filter((region) => !isNobodys(region.owner) && !isWithinWholeProgram(region, slots))
      .flatMap((region) => asFarAsUsed(region, slots));
    this.#inheritance = new Inheritance(survey?.layout, sources.future);
  }

  /** A sector that is written. @param keeps why its present content is written again */
  written(sector: Region, owner: RegionOwner | undefined, keeps?: Statement): SectorFacts {
    const data = this.#dataIn(sector);
    if (keeps !== undefined) {
      const gone = this.untouched(sector);
      if (gone.fate === SectorFate.lost) return gone;
      return { fate: SectorFate.written, owner, holds: idsOf(data), reason: keeps, backedUp: true };
    }
    if (data.length === 0) return { ...untouched, owner, fate: SectorFate.written, reason: undefined };
    return this.#lost(data, owner, "lost-overwritten");
  }

  /** A sector that holds already what it is to hold. */
  equal(sector: Region, owner: RegionOwner | undefined, reason?: Statement): SectorFacts {
    const holds = idsOf(this.#holdersOf(sector));
    return { ...untouched, owner, holds, fate: SectorFate.equal, reason };
  }

  /** A sector that is erased and stays blank. */
  erased(sector: Region, reason: Statement): SectorFacts {
    const owner = this.ownerOf(sector);
    const data = this.#dataIn(sector);
    if (data.length > 0) return this.#lost(data, owner, this.#lossOf(data[0]!, sector));
    if (this.#isUnknown(sector)) {
      return { fate: SectorFate.lost, owner, holds: [], reason: unknownLoss, backedUp: true };
    }
    return { fate: SectorFate.erased, owner, holds: idsOf(this.#holdersOf(sector)), reason, backedUp: false };
  }

  /** A sector that nothing touches. */
  untouched(sector: Region): SectorFacts {
    const owner = this.ownerOf(sector);
    const data = this.#dataIn(sector);
    const gone = data.find((region) => !isKept(this.#inheritance.usefulnessOf(region, sector)));
    if (gone !== undefined) return this.#lost(data, owner, this.#lossOf(gone, sector));
    return {
      fate: SectorFate.kept,
      owner,
      holds: idsOf(this.#holdersOf(sector)),
      reason: this.#keptReason(data, owner, sector),
      backedUp: data.some(({ owner: whose }) => whose !== RegionOwner.free) && this.#backsUpAll(),
    };
  }

  /** Whose a sector is in the future layout: what is named comes before what is nobody's, the smaller before the larger. */
  ownerOf(sector: Region): RegionOwner | undefined {
    const owners = (this.sources.future?.regions ?? [])
      .filter((region) => overlaps(region, sector))
      .sort((a, b) => Number(isNobodys(a.owner)) - Number(isNobodys(b.owner)) || a.size - b.size);
    return owners[0]?.owner;
  }

  #lost(data: readonly LayoutRegion[], owner: RegionOwner | undefined, code: LossCode): SectorFacts {
    const holds = idsOf(data);
    return {
      fate: SectorFate.lost,
      owner,
      holds,
      reason: { code, params: { what: holds } },
      backedUp: true,
    };
  }

  #keptReason(data: readonly LayoutRegion[], owner: RegionOwner | undefined, sector: Region): Statement {
    if (owner === RegionOwner.phyInit) return { code: "kept-phy-init", params: {} };
    if (data.length === 0) return { code: "sector-untouched", params: {} };
    const found = data.map((region) => this.#inheritance.usefulnessOf(region, sector));
    const params = { what: idsOf(data) };
    if (found.includes(Usefulness.perhaps)) return { code: "kept-perhaps", params };
    const isBound = found.includes(Usefulness.readableInPart);
    return { code: isBound ? "kept-in-part" : "kept-readable", params };
  }

  /** What could have been read is lost only because it is erased. */
  #lossOf(region: LayoutRegion, sector: Region): LossCode {
    const usefulness = this.#inheritance.usefulnessOf(region, sector);
    if (usefulness === Usefulness.formatChanged) return "lost-format-changed";
    if (usefulness === Usefulness.placeChanged) return "lost-place-changed";
    if (usefulness === Usefulness.otherFirmware) {
      // What only its boot loader tells of may be the same firmware, half written.
      const isNamed = this.sources.survey?.firmware.family !== FirmwareFamily.nonos;
      return isNamed ? "lost-other-firmware" : "lost-unrecognised";
    }
    return this.sources.intent === Intent.install ? "lost-clean-start" : "lost-erased";
  }

  /** Data of the present firmware in a sector that is not known to be blank. */
  #dataIn(sector: Region): LayoutRegion[] {
    if (isKnownBlank(sector, this.sources.contents)) return [];
    return this.#holdersOf(sector).filter(holdsData);
  }

  /** Regions of the present firmware that hold something here. Free flash that another region claims is that region's. */
  #holdersOf(sector: Region): LayoutRegion[] {
    if (isKnownBlank(sector, this.sources.contents)) return [];
    const here = this.#regionsOf(sector).filter((region) => !this.#empty.has(keyOf(region)));
    const claimed = here.filter(({ owner }) => owner !== RegionOwner.free);
    return claimed.length > 0 ? claimed : here;
  }

  #regionsOf(sector: Region): LayoutRegion[] {
    return this.#present.filter((region) => overlaps(region, sector));
  }

  /** What is not blank and no region of the present firmware accounts for may be anything. */
  #isUnknown(sector: Region): boolean {
    return !isKnownBlank(sector, this.sources.contents) && this.#regionsOf(sector).length === 0;
  }

  /** A clean start and a repair may go wrong; what a person stored is then at hand. */
  #backsUpAll(): boolean {
    return this.sources.intent === Intent.install || this.sources.intent === Intent.recover;
  }
}

const PROGRAMS: readonly RegionOwner[] = [RegionOwner.user1, RegionOwner.user2, RegionOwner.app];

type LossCode = Extract<Statement["code"], `lost-${string}`>;

const unknownLoss: Statement = { code: "lost-unknown", params: {} };

/** Of a region for a program what the program fills; nothing of a slot that has none, or is not known to have one. */
function asFarAsUsed(region: LayoutRegion, slots: readonly SlotState[]): LayoutRegion[] {
  if (!PROGRAMS.includes(region.owner)) return [region];
  const slot = slots.find(({ slot, offset }) => slot === region.owner && containsOffset(region, offset));
  if (slot === undefined || slot.state === "absent" || slot.state === "blank") return [];
  if (slot.size === undefined) return [region];
  return [{ ...region, size: Math.min(regionEnd(region), slot.offset + slot.size) - region.offset }];
}

/**
 * Whether what is stored in a region would lie within a program: the map is not the one that the program was built for. As
 * long as the program is whole, nothing was stored there.
 */
function isWithinWholeProgram(region: LayoutRegion, slots: readonly SlotState[]): boolean {
  if (PROGRAMS.includes(region.owner)) return false;
  return slots.some(
    ({ state, offset, size }) =>
      (state === "intact" || state === "looks-whole") &&
      size !== undefined &&
      contains({ offset, size }, region),
  );
}

function keyOf({ id, offset }: LayoutRegion): string {
  return `${id}@${offset}`;
}

function isNobodys(owner: RegionOwner): boolean {
  return owner === RegionOwner.unused || owner === RegionOwner.reserved;
}

function idsOf(regions: readonly LayoutRegion[]): string[] {
  return [...new Set(regions.map(({ id }) => id))];
}
