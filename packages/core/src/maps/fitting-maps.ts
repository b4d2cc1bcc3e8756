/**
 * The maps under which a firmware may be flashed, best first.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import { definitionOf } from "./firmware/registry.js";
import { FirmwareFamily, type FirmwareId } from "./firmware-id.js";
import { flashMap } from "./flash-map.js";
import { judgeMap, linkedMapOf, type MapJudgement } from "./judge-map.js";
import { bannerWarns } from "./map-text.js";

/** A map that fits, and why it stands where it stands in the list. */
export interface FittingMap {
  /** Map code 0 to 9. */
  readonly map: number;
  readonly reason: Statement;
  readonly judgement: MapJudgement;
}

/**
 * The maps whose verdict is `ok`. First those under which the firmware does not warn of a wrong map and that it is not bound
 * against, then those that declare the whole chip, or as much of it as the firmware can use; then by hazards; then what it was linked for.
 * @param imageEnd offset behind the application's last byte; `undefined`: all that it may fill
 * @param flashSize bytes of the chip
 * @returns empty where none fits, or where the firmware's layout is not known
 */
export function fittingMaps(
  firmware: FirmwareId,
  imageEnd: number | undefined,
  flashSize: number,
  linkedMap: number | undefined = linkedMapOf(firmware),
): FittingMap[] {
  const known = definitionOf(firmware)?.knownMaps ?? [];
  const judged = known
    .map((map) => judgeMap({ firmware, map, flashSize, imageEnd, linkedMap }))
    .filter((judgement) => judgement?.verdict === "ok") as MapJudgement[];
  const largest = Math.max(0, ...judged.map(({ map }) => sizeOf(map)));
  const rank = (judgement: MapJudgement) => [
    Number(warns(firmware, judgement.map, flashSize)),
    Number(judgement.hazards.some(({ what }) => what.code === "hazard-map-not-linked")),
    Number(sizeOf(judgement.map) !== largest),
    judgement.hazards.length,
    Number(judgement.map !== linkedMap),
    judgement.map,
  ];
  return judged
    .sort((a, b) => compareRanks(rank(a), rank(b)))
    .map((judgement) => ({
      map: judgement.map,
      reason: reasonFor(judgement.map, { flashSize, largest, linkedMap }),
      judgement,
    }));
}

function reasonFor(
  map: number,
  { flashSize, largest, linkedMap }: { flashSize: number; largest: number; linkedMap: number | undefined },
): Statement {
  const params = { map, name: flashMap(map)!.name, split: flashMap(map)!.split, flashSize };
  if (map === linkedMap && sizeOf(map) < largest) return { code: "map-fits-linked-smaller", params };
  if (map === linkedMap) return { code: "map-fits-linked", params };
  if (sizeOf(map) === flashSize) return { code: "map-fits-chip", params };
  if (sizeOf(map) === largest) return { code: "map-fits-largest", params };
  return { code: "map-fits-smaller", params };
}

/** A chip of `flashSize` bytes has, in the usual family, the device id 0x40 and the size's power of two. */
function warns({ family, version }: FirmwareId, map: number, flashSize: number): boolean {
  return family === FirmwareFamily.espruino && bannerWarns(version, 0x4000 | Math.log2(flashSize), map);
}

function sizeOf(map: number): number {
  return flashMap(map)!.size;
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at] - b[at];
}
