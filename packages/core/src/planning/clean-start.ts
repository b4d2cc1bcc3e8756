/**
 * What has to be blank for a firmware to start as its makers mean it to.
 *
 * @module
 */
import { Intent } from "../flash/account.js";
import { SECTOR_SIZE } from "../flash/geometry.js";
import { alignOutward, type Region } from "../flash/region.js";
import { Erasure, type FlashLayout, type LayoutRegion, RegionOwner } from "../maps/layout.js";
import type { PlacedPart } from "../packages/places.js";
import { Inheritance } from "./carried.js";
import type { GoalBlank } from "./goal.js";

type BlankCode = Extract<GoalBlank["reason"]["code"], `blank-${string}`>;

/** Regions that a firmware makes itself where it finds them blank, and misreads where it finds another's content. */
const STARTS_BLANK: readonly RegionOwner[] = [
  RegionOwner.rfCal,
  RegionOwner.systemParams,
  RegionOwner.bootFlag,
  RegionOwner.eeprom,
  RegionOwner.savedCode,
  RegionOwner.storage,
  RegionOwner.wifi,
  RegionOwner.settings,
  RegionOwner.fileSystem,
];

/**
 * For an install everything that the firmware fills itself; for an update and a repair what of it holds something that the
 * firmware cannot read. What nobody knows of is blank for a clean start.
 * @param present the layout of what starts now
 * @param parts the package's blank files count for an install, which is what they are made for
 */
export function cleanStart(
  intent: Intent,
  future: FlashLayout | undefined,
  present: FlashLayout | undefined,
  parts: readonly PlacedPart[],
): GoalBlank[] {
  const regions = (future?.regions ?? []).filter(({ owner }) => STARTS_BLANK.includes(owner));
  if (intent === Intent.install) {
    return [
      ...regions.map((region) => blank(region, reasonFor(region, "blank-for-clean-start"), region.id)),
      ...parts.map(({ name, offset, bytes }) =>
        blank({ offset, size: bytes.length }, "blank-by-package", name),
      ),
    ];
  }
  const inheritance = new Inheritance(present, future);
  return regions
    .filter((region) => !inheritance.isInherited(region))
    .map((region) => blank(region, reasonFor(region, "blank-of-other-content"), region.id));
}

/** Calibration and its like come back by themselves, whatever they are erased for. */
function reasonFor({ erasure }: LayoutRegion, code: BlankCode): BlankCode {
  return erasure === Erasure.recreated ? "blank-recreated" : code;
}

function blank(region: Region, code: BlankCode, what: string): GoalBlank {
  const { offset, size } = alignOutward(region, SECTOR_SIZE);
  return { region: { offset, size }, reason: { code, params: { what } } };
}
