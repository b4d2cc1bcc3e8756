/**
 * Regions by the names that people type.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Region } from "../flash/region.js";
import { DataFormat } from "../maps/data-formats.js";
import { RegionOwner } from "../maps/layout.js";

/** What a name needs to be found by: regions of a layout and of a backup both have it. */
export interface NamedRegion extends Region {
  readonly id: string;
  readonly owner: RegionOwner;
  readonly format?: string;
}

/** The name that means wherever a firmware keeps its Wi-Fi settings. */
export const WIFI = "wifi";

/**
 * The regions with one of these names; several may share one. `wifi` is a name even where no region has it: Espruino keeps
 * its settings as a file in Storage since 1v98, and the SDK its own in the system parameters.
 * @throws FlasherError `region-unknown` with the names that there are
 */
export function selectRegions<T extends NamedRegion>(regions: readonly T[], names: readonly string[]): T[] {
  const selected = names.flatMap((name) => {
    const found = name === WIFI ? wifiRegions(regions) : regions.filter(({ id }) => id === name);
    if (found.length === 0) throw new FlasherError("region-unknown", { name, known: namesOf(regions) });
    return found;
  });
  return regions.filter((region) => selected.includes(region));
}

/** Every region that holds Wi-Fi settings, and with them perhaps passwords: those of the firmware and of the SDK. */
export function wifiRegions<T extends NamedRegion>(regions: readonly T[]): T[] {
  return regions.filter((region) => holdsWifi(region) || isStorage(region));
}

/** Whether all of a region counts as Wi-Fi settings: it cannot be told apart from what else it may hold. */
export function holdsWifi({ owner }: NamedRegion): boolean {
  return owner === RegionOwner.wifi || owner === RegionOwner.systemParams || owner === RegionOwner.settings;
}

/** Whether a region is Espruino's Storage, where Wi-Fi settings are one file of many. */
export function isStorage({ format }: NamedRegion): boolean {
  return format === DataFormat.espruinoStorage16 || format === DataFormat.espruinoStorage32;
}

/** The names that `selectRegions` takes, each once. */
export function namesOf(regions: readonly NamedRegion[]): string[] {
  const names = regions.map(({ id }) => id);
  return [...new Set(wifiRegions(regions).length > 0 ? [...names, WIFI] : names)];
}
