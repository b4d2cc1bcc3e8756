/**
 * A list of free flash as a fingerprint: which build, version and map answer with it.
 *
 * @module
 */
import type { Region } from "../../flash/region.js";
import type { FlashSize } from "../../image/flash-params.js";
import { EspruinoBuild } from "../../maps/firmware/espruino-4mb.js";
import { FirmwareFamily, type FirmwareId } from "../../maps/firmware-id.js";
import { flashMap } from "../../maps/flash-map.js";
import { expectedFreeList } from "../../maps/map-text.js";

/** A release of each era in which the list changed. */
const ERAS = ["1v85", "1v91", "1v94", "1v95", "1v97", "2v04", "2v29"] as const;
const MAPS = [0, 2, 3, 4, 5, 6] as const;
const BUILDS = [EspruinoBuild.board, EspruinoBuild.fourMegabytes] as const;

/** What would answer with such a list. */
export interface FreeListMatch {
  readonly firmware: FirmwareId;
  readonly map: FlashSize;
}

/**
 * The builds and maps whose list this is.
 * @param known what is known of the firmware: only what agrees with it is looked at
 */
export function matchFreeList(list: readonly Region[], known: Partial<FirmwareId>): FreeListMatch[] {
  const builds = known.build === undefined ? BUILDS : [known.build];
  const versions = known.version === undefined ? ERAS : [known.version];
  return builds.flatMap((build) =>
    versions.flatMap((version) => {
      const firmware = { family: FirmwareFamily.espruino, build, version };
      return MAPS.filter((map) => isSameList(list, expectedFreeList(firmware, map))).map((map) => ({
        firmware,
        map: flashMap(map)!,
      }));
    }),
  );
}

function isSameList(list: readonly Region[], expected: readonly Region[] | undefined): boolean {
  return (
    expected?.length === list.length &&
    expected.every(({ offset, size }, index) => list[index]!.offset === offset && list[index]!.size === size)
  );
}
