/**
 * The layout of a firmware in a version under a map, made from its data file.
 *
 * @module
 */
import { intersect, type Region, regionBetween, subtractRegions } from "../flash/region.js";
import { type FirmwareDefinition, type Place, type RegionRow, regionFacts } from "./firmware/definition.js";
import { definitionOf } from "./firmware/registry.js";
import { Certainty, FirmwareFamily, type FirmwareId } from "./firmware-id.js";
import { flashMap } from "./flash-map.js";
import type { FlashLayout, LayoutRegion } from "./layout.js";
import { inVersionRange, type VersionNumbers } from "./versions.js";

/**
 * What lies where for this firmware under this map on a chip of `flashSize` bytes. A version that is not known, or not
 * readable, is taken for the newest, and `versionAssumed` says so.
 * @param map code 0 to 9; for firmware that reads no map it moves only what the SDK places, and may be missing
 * @param flashSize bytes of the chip; what the map declares where it is missing
 * @returns `undefined` for a family or build without a known layout, for a firmware that reads the map where none is
 *   given, and where neither map nor size says how large the flash is
 */
export function layoutFor(
  firmware: FirmwareId,
  map: number | undefined,
  flashSize: number | undefined = declaredSize(map),
): FlashLayout | undefined {
  const definition = definitionOf(firmware);
  if (definition === undefined || flashSize === undefined) return undefined;
  const declared = declaredSize(map);
  if (definition.readsMap && declared === undefined) return undefined;
  return makeLayout(definition, firmware, { map, declared: declared ?? flashSize, flashSize });
}

/** What Espressif's SDK itself lays down under a map, whatever application is linked with it; `undefined` for no such map. */
export function sdkLayout(map: number): FlashLayout | undefined {
  return layoutFor({ family: FirmwareFamily.nonos }, map);
}

interface Flash {
  readonly map: number | undefined;
  /** Bytes that the map says there are: what places from the end count from. */
  readonly declared: number;
  /** Bytes that there are. */
  readonly flashSize: number;
}

function makeLayout(definition: FirmwareDefinition, firmware: FirmwareId, flash: Flash): FlashLayout {
  const version = firmware.version === undefined ? undefined : definition.parseVersion(firmware.version);
  const rows = definition.rows.filter((row) => applies(row, definition, { firmware, version, flash }));
  const claimed = rows
    .map((row) => ({
      ...regionFacts(row),
      ...certaintyOf(row, version, definition),
      ...place(row, flash.declared),
    }))
    .filter(({ size }) => size > 0);
  const chip = { offset: 0, size: flash.flashSize };
  const inside = claimed.flatMap((region) => partOf(region, intersect(region, chip)));
  const outside = claimed.flatMap((region) =>
    subtractRegions(region, [chip]).flatMap((part) => partOf(region, part)),
  );
  return {
    firmware,
    map: flash.map,
    flashSize: flash.flashSize,
    regions: sorted([...inside, ...unclaimed(inside, flash.flashSize)]),
    beyond: sorted(outside),
    ...(version === undefined && definition.rows.some(isVersioned) && { versionAssumed: true as const }),
    imageLimit: imageLimit(rows, flash),
  };
}

function partOf(region: LayoutRegion, part: Region | undefined): LayoutRegion[] {
  return part === undefined ? [] : [{ ...region, ...part }];
}

function applies(
  row: RegionRow,
  definition: FirmwareDefinition,
  given: { firmware: FirmwareId; version: VersionNumbers | undefined; flash: Flash },
): boolean {
  const { firmware, version, flash } = given;
  if (row.builds !== undefined && !row.builds.includes(firmware.build ?? "")) return false;
  if (row.maps !== undefined && !row.maps.includes(flash.map ?? -1)) return false;
  if (flash.declared < (row.minFlash ?? 0) || flash.declared > (row.maxFlash ?? flash.declared)) return false;
  return inVersionRange(version, row, definition.parseVersion);
}

/** A build made after a release has its version's rows, though the change that comes with the next may be in it already. */
function certaintyOf(
  { before }: RegionRow,
  version: VersionNumbers | undefined,
  { parseVersion, commitsAt }: FirmwareDefinition,
): Partial<LayoutRegion> {
  const next = before === undefined ? undefined : parseVersion(before);
  if (commitsAt === undefined || next === undefined || !version?.[commitsAt]) return {};
  const [major, minor] = version;
  const isNext = next[0] === major ? next[1] === minor + 1 : next[0] === major + 1 && next[1] === 0;
  return isNext ? { certainty: Certainty.uncertain } : {};
}

function isVersioned({ since, before }: RegionRow): boolean {
  return since !== undefined || before !== undefined;
}

function declaredSize(map: number | undefined): number | undefined {
  return map === undefined ? undefined : flashMap(map)?.size;
}

function place({ from, to }: RegionRow, declared: number): Region {
  return regionBetween(resolve(from, declared), resolve(to, declared));
}

function resolve(place: Place, declared: number): number {
  return typeof place === "number" ? place : declared - place.fromEnd;
}

function unclaimed(regions: readonly Region[], flashSize: number): LayoutRegion[] {
  return subtractRegions({ offset: 0, size: flashSize }, regions).map((gap) => ({
    ...regionFacts({
      id: "unused",
      from: 0,
      to: 0,
      certainty: Certainty.derived,
      source: "nothing claims it",
    }),
    ...gap,
  }));
}

function imageLimit(rows: readonly RegionRow[], flash: Flash): number {
  const limits = rows
    .filter(({ id }) => id === "user1" || id === "app")
    .map((row) => row.limit ?? resolve(row.to, flash.declared));
  return Math.max(0, ...limits);
}

function sorted(regions: readonly LayoutRegion[]): LayoutRegion[] {
  return [...regions].sort((a, b) => a.offset - b.offset || a.size - b.size);
}
