/**
 * What a data file of a firmware holds: its regions, a line each, with the maps and versions for which they stand.
 *
 * @module
 */
import type { DataFormatName } from "../data-formats.js";
import { Certainty, type FirmwareFamily } from "../firmware-id.js";
import { Erasure, type LayoutRegion, RegionOwner, WrittenAt } from "../layout.js";
import type { VersionParser, VersionRange } from "../versions.js";

/** An offset from the start of flash, or back from the end of the flash that the map declares. */
export type Place = number | { readonly fromEnd: number };

/** `bytes` before the end of the flash that the map declares; for firmware that reads no map, of the chip. */
export const fromEnd = (bytes: number): Place => ({ fromEnd: bytes });

/** Names of regions, as people type them. */
export type RegionId = keyof typeof regionKinds;

/** One region of a data file. What it does not say, its kind says. */
export interface RegionRow extends VersionRange {
  readonly id: RegionId;
  readonly from: Place;
  /** Behind its last byte. A row whose end is not behind its start, on a small chip, is no region. */
  readonly to: Place;
  /** Builds that have it; all where it says nothing. */
  readonly builds?: readonly string[];
  /** Map codes under which it is there; all where it says nothing. */
  readonly maps?: readonly number[];
  /** Offset behind the last byte that the application may fill, where that is not the end of its region. */
  readonly limit?: number;
  /** Bytes of the flash that are declared, at least: for rows of a chip that is large enough. */
  readonly minFlash?: number;
  readonly maxFlash?: number;
  readonly format?: DataFormatName;
  readonly owner?: RegionOwner;
  readonly erasure?: Erasure;
  readonly writtenAt?: WrittenAt;
  readonly listedFree?: true;
  readonly unusable?: true;
  readonly certainty?: Certainty;
  readonly source: string;
}

/** A build of a firmware. */
export interface FirmwareBuild {
  /** As in `FirmwareId.build`. */
  readonly name: string;
  /** Map code for which its makers link it. */
  readonly linkedMap?: number;
}

/** A firmware, or those builds of it that share their regions. */
export interface FirmwareDefinition {
  readonly family: FirmwareFamily;
  /** Empty where the layout does not depend on the build. */
  readonly builds: readonly FirmwareBuild[];
  /** Whether a build that is none of `builds`, or not known at all, has this layout as well. */
  readonly anyBuild?: true;
  /** Versions that have these builds. */
  readonly versions: VersionRange;
  readonly parseVersion: VersionParser;
  /** Which of a version's numbers counts commits after a release, for makers who count so. */
  readonly commitsAt?: number;
  /** Whether it takes places from the map in the header at offset 0. */
  readonly readsMap: boolean;
  /** Map codes that its own tables have; what it does under others is undefined. */
  readonly knownMaps: readonly number[];
  /** Versions that do not start under another map than the one that they were linked for. */
  readonly bindsMap?: VersionRange;
  readonly rows: readonly RegionRow[];
}

type RegionKind = Pick<LayoutRegion, "owner" | "erasure" | "writtenAt">;

/** What goes for a kind of region in most firmwares: owner, cost of erasing, what writes it. */
export const regionKinds = {
  boot: { owner: RegionOwner.boot, erasure: Erasure.breaksBoot, writtenAt: WrittenAt.flashing },
  user1: { owner: RegionOwner.user1, erasure: Erasure.breaksBoot, writtenAt: WrittenAt.flashing },
  // It may be the slot that starts; a layout cannot know.
  user2: { owner: RegionOwner.user2, erasure: Erasure.breaksBoot, writtenAt: WrittenAt.update },
  app: { owner: RegionOwner.app, erasure: Erasure.breaksBoot, writtenAt: WrittenAt.flashing },
  "rf-cal": { owner: RegionOwner.rfCal, erasure: Erasure.recreated, writtenAt: WrittenAt.boot },
  "phy-init": { owner: RegionOwner.phyInit, erasure: Erasure.breaksBoot, writtenAt: WrittenAt.flashing },
  "system-params": {
    owner: RegionOwner.systemParams,
    erasure: Erasure.losesData,
    writtenAt: WrittenAt.boot,
  },
  "boot-flag": { owner: RegionOwner.bootFlag, erasure: Erasure.recreated, writtenAt: WrittenAt.boot },
  eeprom: { owner: RegionOwner.eeprom, erasure: Erasure.losesData, writtenAt: WrittenAt.program },
  "saved-code": { owner: RegionOwner.savedCode, erasure: Erasure.losesData, writtenAt: WrittenAt.save },
  storage: { owner: RegionOwner.storage, erasure: Erasure.losesData, writtenAt: WrittenAt.save },
  wifi: { owner: RegionOwner.wifi, erasure: Erasure.losesData, writtenAt: WrittenAt.wifiSave },
  settings: { owner: RegionOwner.settings, erasure: Erasure.losesData, writtenAt: WrittenAt.save },
  "file-system": { owner: RegionOwner.fileSystem, erasure: Erasure.losesData, writtenAt: WrittenAt.save },
  reserved: { owner: RegionOwner.reserved, erasure: Erasure.harmless, writtenAt: WrittenAt.never },
  free: { owner: RegionOwner.free, erasure: Erasure.losesData, writtenAt: WrittenAt.program },
  unused: { owner: RegionOwner.unused, erasure: Erasure.harmless, writtenAt: WrittenAt.never },
} as const satisfies Record<string, RegionKind>;

/** A row's own words over those of its kind. */
export function regionFacts(row: RegionRow): Omit<LayoutRegion, "offset" | "size"> {
  return {
    id: row.id,
    ...regionKinds[row.id],
    ...(row.owner && { owner: row.owner }),
    ...(row.erasure && { erasure: row.erasure }),
    ...(row.writtenAt && { writtenAt: row.writtenAt }),
    ...(row.format && { format: row.format }),
    ...(row.listedFree && { listedFree: row.listedFree }),
    ...(row.unusable && { unusable: row.unusable }),
    certainty: row.certainty ?? Certainty.source,
    source: row.source,
  };
}
