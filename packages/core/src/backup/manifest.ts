/**
 * The manifest of a backup: `manifest.json`, format `flashwright/backup`, version 1.
 *
 * @module
 */
import * as v from "valibot";
import { FlasherError } from "../errors.js";
import { LARGEST_FLASH, SECTOR_SIZE } from "../flash/geometry.js";
import { isAligned, overlaps, type Region, regionEnd } from "../flash/region.js";
import { type FirmwareFamily, FirmwareFamily as families } from "../maps/firmware-id.js";
import { RegionOwner as owners, type RegionOwner } from "../maps/layout.js";

/** What a manifest says that it is. */
export const BACKUP_FORMAT = "flashwright/backup";
/** Of the format; a reader refuses later ones. */
export const BACKUP_VERSION = 1;

/** What a backup holds of Wi-Fi settings, and with them of passwords in clear text. */
export const WifiSecrets = {
  held: "held",
  /** They were taken out; a program or a file of the user's own may still name a password. */
  leftOut: "left-out",
  /** None were found where this firmware keeps them. */
  none: "none",
  /** The firmware is not known, so nobody can say. */
  unknown: "unknown",
} as const;
export type WifiSecrets = (typeof WifiSecrets)[keyof typeof WifiSecrets];

/** What became of a region. */
export const BackupState = {
  /** Every byte as it was on the chip. */
  whole: "whole",
  /** The same, and all of it erased, so that no file holds any of it. */
  blank: "blank",
  /** Without its Wi-Fi settings; all else as it was on the chip. */
  altered: "altered",
  /** Not in the backup, or not all of it. */
  leftOut: "left-out",
} as const;
export type BackupState = (typeof BackupState)[keyof typeof BackupState];

/** A region of the layout that the backup was made by. Regions may overlap where a firmware contradicts itself. */
export interface BackupRegion extends Region {
  readonly id: string;
  readonly owner: RegionOwner;
  /** How what it holds is encoded; see `DataFormat` of the maps. */
  readonly format?: string;
  readonly state: BackupState;
  /** SHA-256 in hex of the region with its blank sectors; not of one that is left out. */
  readonly sha256?: string;
}

/** A stretch of sectors that are not blank, as one file of the ZIP. */
export interface BackupFile extends Region {
  readonly path: string;
  /** SHA-256 in hex. */
  readonly sha256: string;
}

/** All that a backup says of itself. Offsets and sizes in bytes of flash. */
export interface BackupManifest {
  readonly format: typeof BACKUP_FORMAT;
  readonly version: typeof BACKUP_VERSION;
  /** For whoever opens the ZIP by hand: what this is, and whether it holds passwords. */
  readonly note: string;
  /** When it was read, UTC: `2026-11-22T21:05:00Z`. */
  readonly date: string;
  readonly target: string;
  readonly chip: { readonly name: string; readonly mac: string };
  readonly flash: {
    readonly size: number;
    /** JEDEC id as 6 digits of hex, manufacturer last: `1640e0`. */
    readonly id: string;
  };
  /** The flash map in the header at offset 0, where there is one. */
  readonly map?: { readonly code: number; readonly name: string };
  readonly firmware?: {
    readonly family: FirmwareFamily;
    readonly build?: string;
    readonly version?: string;
  };
  readonly wifi: WifiSecrets;
  /** Whole sectors that the backup speaks for: what no file holds of them is blank. By rising offset. */
  readonly covers: readonly Region[];
  readonly regions: readonly BackupRegion[];
  /** By rising offset; they do not overlap. */
  readonly files: readonly BackupFile[];
}

const MOST_ENTRIES = LARGEST_FLASH / SECTOR_SIZE;
/** Regions may overlap, but all of them are hashed: together they are at most this many times the flash. */
const MOST_OVERLAP = 8;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const name = v.pipe(v.string(), v.regex(/^[\w.?:+-]{1,64}$/));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_FLASH));
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_FLASH));

const region = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
  owner: v.picklist(Object.values(owners)),
  format: v.exactOptional(name),
  offset,
  size,
  state: v.picklist(Object.values(BackupState)),
  sha256: v.exactOptional(sha256),
});

const file = v.object({
  path: v.pipe(v.string(), v.regex(/^flash\/0x[0-9a-f]{8}-[a-z0-9-]{1,32}\.bin$/)),
  offset,
  size,
  sha256,
});

const manifest = v.object({
  format: v.literal(BACKUP_FORMAT),
  version: v.literal(BACKUP_VERSION),
  note: text,
  date: v.pipe(v.string(), v.regex(/^(19[89]|20\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/)),
  target: name,
  chip: v.object({ name, mac: v.pipe(v.string(), v.regex(/^([0-9a-f?]{2}:){5}[0-9a-f]{2}$/)) }),
  flash: v.object({ size, id: v.pipe(v.string(), v.regex(/^[0-9a-f]{6}$/)) }),
  map: v.exactOptional(v.object({ code: v.pipe(offset, v.maxValue(15)), name })),
  firmware: v.exactOptional(
    v.object({
      family: v.picklist(Object.values(families)),
      build: v.exactOptional(name),
      version: v.exactOptional(name),
    }),
  ),
  wifi: v.picklist(Object.values(WifiSecrets)),
  covers: v.pipe(v.array(v.object({ offset, size })), v.maxLength(MOST_ENTRIES)),
  regions: v.pipe(v.array(region), v.maxLength(MOST_ENTRIES)),
  files: v.pipe(v.array(file), v.maxLength(MOST_ENTRIES)),
});

/**
 * A manifest from a file or another program: nothing of it is believed before all of it was looked at. Fields that this
 * version does not know are left out.
 * @throws FlasherError `backup-version` for a backup of a later version; `backup-format` with the path of the first field
 * that is wrong, or that contradicts another
 */
export function parseManifest(data: unknown): BackupManifest {
  const head = v.safeParse(v.object({ format: v.literal(BACKUP_FORMAT), version: v.number() }), data);
  if (head.success && head.output.version > BACKUP_VERSION) {
    throw new FlasherError("backup-version", { version: head.output.version, known: BACKUP_VERSION });
  }
  const result = v.safeParse(manifest, data);
  if (!result.success) throw wrong(v.getDotPath(result.issues[0]) ?? "manifest.json");
  checkSectors(result.output);
  return result.output;
}

function checkSectors({ flash, covers, regions, files }: BackupManifest): void {
  const whole = { offset: 0, size: flash.size };
  if (!isAligned(whole, SECTOR_SIZE)) throw wrong("flash.size");
  checkRising("covers", covers, whole);
  checkRising("files", files, whole);
  for (const [index, { offset, size }] of files.entries()) {
    const held = covers.some((cover) => cover.offset <= offset && offset + size <= regionEnd(cover));
    if (!held) throw wrong(`files.${index}`);
  }
  for (const [index, region] of regions.entries()) {
    if (regionEnd(region) > flash.size) throw wrong(`regions.${index}`);
    const isHeld = region.state !== BackupState.leftOut;
    if (isHeld !== (region.sha256 !== undefined)) throw wrong(`regions.${index}.sha256`);
  }
  const named = regions.reduce((sum, { size }) => sum + size, 0);
  if (named > MOST_OVERLAP * flash.size) throw wrong("regions");
}

/** Whole sectors within the flash, by rising offset, apart from each other. */
function checkRising(path: string, list: readonly Region[], whole: Region): void {
  for (const [index, region] of list.entries()) {
    const isBehind =
      index === 0 || (region.offset > list[index - 1].offset && !overlaps(region, list[index - 1]));
    const isInside = regionEnd(region) <= regionEnd(whole) && isAligned(region, SECTOR_SIZE);
    if (!isBehind || !isInside) throw wrong(`${path}.${index}`);
  }
}

function wrong(path: string): FlasherError {
  return new FlasherError("backup-format", { path });
}
