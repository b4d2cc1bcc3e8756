/**
 * From what was read to one ZIP.
 *
 * @module
 */
import { strToU8, type Zippable, zipSync } from "fflate";
import { isFilledWith, toHex } from "../bytes.js";
import { type Codecs, defaultCodecs } from "../codecs.js";
import { FlasherError } from "../errors.js";
import { ERASED_BYTE, SECTOR_SIZE } from "../flash/geometry.js";
import { containsOffset, overlaps, type Region, regionEnd } from "../flash/region.js";
import type { FlashSize } from "../image/flash-params.js";
import { mapCodeOf } from "../maps/flash-map.js";
import type { FlashLayout, LayoutRegion } from "../maps/layout.js";
import { describe } from "../messages/catalogue.js";
import type { FlashInfo } from "../targets/jedec.js";
import type { ChipInfo } from "../targets/target.js";
import {
  BACKUP_FORMAT,
  BACKUP_VERSION,
  type BackupFile,
  type BackupManifest,
  type BackupRegion,
  BackupState,
  parseManifest,
  WifiSecrets,
} from "./manifest.js";
import { selectRegions, WIFI } from "./select-regions.js";
import { assemble, covers, cutAt, leaveOut, type SparseFlash } from "./sparse-flash.js";
import { type FlashMeaning, wifiSecretsIn, withoutWifi } from "./wifi-secrets.js";

/** What a backup is made from. */
export interface BackupSource {
  readonly chip: Pick<ChipInfo, "target" | "name" | "mac">;
  readonly flash: Pick<FlashInfo, "id">;
  /** Bytes. */
  readonly flashSize: number;
  /** When it was read, in UTC as ISO 8601 with `Z`. */
  readonly date: string;
  /** The flash map in the header at offset 0, where there is one. */
  readonly map?: FlashSize | undefined;
  /** Of the firmware that was found; without one the backup has no named regions. */
  readonly layout?: FlashLayout | undefined;
  /** Where programs really lie, as far as that is known. */
  readonly programs?: readonly Region[] | undefined;
  readonly contents: SparseFlash;
  /** Names of regions to leave out; `wifi` takes the settings out of Storage too, and what earlier firmware left of them. */
  readonly without?: readonly string[];
  readonly codecs?: Codecs;
}

/** A backup as it is written to a file. */
export interface MadeBackup {
  /** The ZIP. The same source makes the same bytes. */
  readonly bytes: Uint8Array;
  readonly manifest: BackupManifest;
}

/**
 * Makes a backup: `manifest.json`, and for each stretch of sectors that are not blank one file under `flash/`, named by its
 * offset and region.
 * @throws FlasherError `region-unknown`; `backup-wifi-unknown` where Wi-Fi settings are to be left out of an unknown
 * firmware's flash
 */
export function makeBackup(source: BackupSource): MadeBackup {
  const { codecs = defaultCodecs, layout } = source;
  const { flash, altered, wifi } = leftOver(source);
  const files = filesOf(flash, layout, codecs);
  const manifest = parseManifest({
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    note: noteOf(source, wifi),
    date: source.date,
    target: source.chip.target,
    chip: { name: source.chip.name, mac: source.chip.mac },
    flash: { size: source.flashSize, id: source.flash.id.toString(16).padStart(6, "0") },
    ...(source.map === undefined ? {} : { map: { code: mapCodeOf(source.map), name: source.map.name } }),
    ...(layout === undefined ? {} : { firmware: layout.firmware }),
    wifi,
    covers: flash.covers.map(({ offset, size }) => ({ offset, size })),
    regions: regionsOf(source, flash, altered, codecs),
    files: files.map(({ entry }) => entry),
  } satisfies BackupManifest);
  return { bytes: zip(manifest, files), manifest };
}

interface LeftOver {
  readonly flash: SparseFlash;
  readonly altered: readonly Region[];
  readonly wifi: WifiSecrets;
}

function leftOver({ contents, layout, programs, without = [] }: BackupSource): LeftOver {
  const meaning: FlashMeaning | undefined =
    layout === undefined ? undefined : { layout, ...(programs === undefined ? {} : { programs }) };
  const names = without.filter((name) => name !== WIFI);
  const flash = leaveOut(contents, selectRegions(layout?.regions ?? [], names));
  if (names.length === without.length) return { flash, altered: [], wifi: wifiSecretsIn(flash, meaning) };
  if (meaning === undefined) throw new FlasherError("backup-wifi-unknown");
  return { ...withoutWifi(flash, meaning), wifi: WifiSecrets.leftOut };
}

function noteOf({ chip }: BackupSource, wifi: WifiSecrets): string {
  const params = { name: chip.name, mac: chip.mac };
  const sentences = [describe("backup-note", params).message, describe(`backup-wifi-${wifi}`, {}).message];
  return sentences.join(" ");
}

function regionsOf(
  source: BackupSource,
  flash: SparseFlash,
  altered: readonly Region[],
  codecs: Codecs,
): BackupRegion[] {
  const spokenFor = (region: Region) => source.contents.covers.some((cover) => overlaps(cover, region));
  return (source.layout?.regions ?? []).filter(spokenFor).map((region) => {
    const { id, owner, format, offset, size } = region;
    const facts = { id, owner, ...(format === undefined ? {} : { format }), offset, size };
    if (!covers(flash, region)) return { ...facts, state: BackupState.leftOut };
    const bytes = assemble(region, flash);
    return { ...facts, state: stateOf(region, bytes, altered), sha256: toHex(codecs.sha256(bytes)) };
  });
}

function stateOf(region: Region, bytes: Uint8Array, altered: readonly Region[]): BackupState {
  if (altered.some((changed) => overlaps(changed, region))) return BackupState.altered;
  return isFilledWith(bytes, ERASED_BYTE) ? BackupState.blank : BackupState.whole;
}

interface StoredFile {
  readonly entry: BackupFile;
  readonly bytes: Uint8Array;
}

/** Stretches are cut where a region begins or ends, so that each can be had by itself. */
function filesOf(flash: SparseFlash, layout: FlashLayout | undefined, codecs: Codecs): StoredFile[] {
  const regions = layout?.regions ?? [];
  const borders = regions.flatMap((region) => [region.offset, regionEnd(region)]);
  return cutAt(flash.pieces, borders.filter(isSectorStart)).map(({ offset, bytes }) => {
    const path = `flash/0x${offset.toString(16).padStart(8, "0")}-${nameAt(offset, regions)}.bin`;
    return { entry: { path, offset, size: bytes.length, sha256: toHex(codecs.sha256(bytes)) }, bytes };
  });
}

function isSectorStart(offset: number): boolean {
  return offset % SECTOR_SIZE === 0;
}

/** The smallest region that holds the offset gives the file its name. */
function nameAt(offset: number, regions: readonly LayoutRegion[]): string {
  const [first] = regions
    .filter((region) => containsOffset(region, offset))
    .sort((a, b) => a.size - b.size || a.offset - b.offset);
  return first?.id ?? "unknown";
}

/** Regular file, readable by its owner alone, in the upper half of the attributes as Unix has them. */
const OWNER_ONLY = (0o100600 << 16) >>> 0;
const UNIX = 3;

function zip(manifest: BackupManifest, files: readonly StoredFile[]): Uint8Array {
  // Without a zone, so that the ZIP's fields, which have none, are those of UTC wherever it is made.
  const mtime = manifest.date.replace(/(\.\d+)?Z$/, "");
  const options = { level: 9, mtime, os: UNIX, attrs: OWNER_ONLY } as const;
  const entries: Zippable = { "manifest.json": [strToU8(`${JSON.stringify(manifest, null, 2)}\n`), options] };
  for (const { entry, bytes } of files) entries[entry.path] = [bytes, options];
  return zipSync(entries, options);
}
