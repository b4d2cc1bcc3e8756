/**
 * Regions by the names that people type.
 *
 * @module
 */
import { FlasherError } from "../errors.js";
import type { Region } from "../flash/region.js";
import { SAVED_CODE_FILES, WIFI_SETTINGS_FILE } from "../formats/espruino-storage.js";
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

/** Names that mean some files of Espruino's Storage where the firmware has no region of that name. */
const STORAGE_PARTS: Readonly<Record<string, readonly string[]>> = {
  [WIFI]: [WIFI_SETTINGS_FILE],
  "saved-code": SAVED_CODE_FILES,
};

/** The files of Storage that a name means, where it is not all of Storage. */
export function storageFilesOf(name: string): readonly string[] {
  return STORAGE_PARTS[name] ?? [];
}

/**
 * The regions with one of these names; several may share one. `wifi` and `saved-code` are names even where no region has
 * them: Espruino keeps both as files in Storage, since 1v98 and 1v96, and the SDK its own settings in the system parameters.
 * @throws FlasherError `region-unknown` with the names that there are
 */
export function selectRegions<T extends NamedRegion>(regions: readonly T[], names: readonly string[]): T[] {
  const selected = names.flatMap((name) => {
    const found = regionsOf(regions, name);
    if (found.length === 0) throw new FlasherError("region-unknown", { name, known: namesOf(regions) });
    return found;
  });
  return regions.filter((region) => selected.includes(region));
}

function regionsOf<T extends NamedRegion>(regions: readonly T[], name: string): T[] {
  if (name === WIFI) return wifiRegions(regions);
  const found = regions.filter(({ id }) => id === name);
  return found.length === 0 && storageFilesOf(name).length > 0 ? regions.filter(isStorage) : found;
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
  const meant = Object.keys(STORAGE_PARTS).filter((name) => regionsOf(regions, name).length > 0);
  return [...new Set([...regions.map(({ id }) => id), ...meant])];
}
