/**
 * What there are layouts of, for lists and for checking what a person typed.
 *
 * @module
 */
import { firmwareDefinitions } from "./firmware/registry.js";
import type { FirmwareFamily } from "./firmware-id.js";
import type { VersionRange } from "./versions.js";

/** One line of the list: a family, or one build of it. */
export interface KnownFirmware {
  readonly family: FirmwareFamily;
  /** `undefined` for the line that stands for every build that has none of its own. */
  readonly build: string | undefined;
  /** Map code for which its makers link it, where it is one. */
  readonly linkedMap: number | undefined;
  /** Whether it takes places from the map in the header at offset 0. */
  readonly readsMap: boolean;
  /** Versions that have this build; open at an end that is not known. */
  readonly versions: VersionRange;
  /** First versions in which some region moved, changed its format or came up, by rising version. */
  readonly changes: readonly string[];
}

/** All firmware with a layout, in the order of the registry. */
export function knownFirmware(): KnownFirmware[] {
  return firmwareDefinitions.flatMap(({ family, builds, anyBuild, readsMap, versions, rows }) => {
    const names = [...builds, ...(anyBuild === true ? [undefined] : [])];
    return names.map((build) => ({
      family,
      build: build?.name,
      linkedMap: build?.linkedMap,
      readsMap,
      versions,
      changes: changesOf(rows, build?.name).filter((version) => isAfter(version, versions.since)),
    }));
  });
}

function changesOf(
  rows: readonly (VersionRange & { readonly builds?: readonly string[] })[],
  build: string | undefined,
): string[] {
  const own = rows.filter((row) => row.builds === undefined || row.builds.includes(build ?? ""));
  const named = own.flatMap(({ since, before }) => [since, before]).filter((text) => text !== undefined);
  return [...new Set(named)].sort(compareText);
}

function isAfter(version: string, first: string | undefined): boolean {
  return first === undefined || compareText(version, first) > 0;
}

// Every maker's spelling sorts as text with numbers in it.
function compareText(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
