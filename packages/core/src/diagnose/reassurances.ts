/**
 * What erasing, or a wrong flash, did not take.
 *
 * @module
 */
import type { Statement } from "../image/flash-params.js";
import { RegionOwner } from "../maps/layout.js";
import { type Facts, isDamaged, startedSlot } from "./facts.js";
import { type Finding, type FindingCode, Severity } from "./finding.js";
import type { RegionState } from "./survey.js";

type ReassuranceCode = Extract<Statement["code"], `reassure-${string}`>;

/** Regions that are a person's own. */
const PERSONAL: ReadonlySet<RegionOwner> = new Set<RegionOwner>([
  RegionOwner.savedCode,
  RegionOwner.storage,
  RegionOwner.wifi,
  RegionOwner.settings,
  RegionOwner.fileSystem,
  RegionOwner.eeprom,
]);

const EMPTY: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "finding-flash-blank",
  "finding-flash-looks-blank",
  "finding-no-boot-loader",
]);

/** In the order in which somebody would worry. */
export function reassurances(facts: Facts, findings: readonly Finding[]): Statement[] {
  const has = (code: FindingCode) => findings.some((found) => found.code === code);
  const isEmpty = findings.some(({ code }) => EMPTY.has(code)) || facts.console?.erased === true;
  const isBroken = findings.some(({ severity }) => severity === Severity.fatal);
  const phy = has("finding-phy-init-missing");
  const noCalibration = isBroken && has("finding-calibration-blank");
  const said: [boolean, ReassuranceCode][] = [
    [isBroken, "reassure-loader"],
    [isEmpty || phy, "reassure-mac"],
    [isEmpty || noCalibration || has("finding-calibration-in-code"), "reassure-calibration"],
    [isEmpty || phy, "reassure-phy-init"],
    [isEmpty || (phy && isBlank(facts, RegionOwner.systemParams)), "reassure-params"],
  ];
  const kept = keptRegions(facts);
  return [
    ...said.flatMap(([applies, code]): Statement[] => (applies ? [{ code, params: {} }] : [])),
    ...(kept.length > 0 && isDamaged(startedSlot(facts))
      ? [{ code: "reassure-kept", params: { regions: kept } } as const]
      : []),
  ];
}

function isBlank({ survey }: Facts, owner: RegionOwner): boolean {
  const states = survey?.regions.filter(({ region }) => region.owner === owner) ?? [];
  return states.length > 0 && states.every(({ content }) => content === "blank" || content === "zeros");
}

/** Ids of regions that hold something of a person's and are not part of the damage. */
function keptRegions(facts: Facts): string[] {
  const end = facts.imageEnd ?? facts.survey?.layout?.imageLimit ?? 0;
  const isKept = ({ region, content }: RegionState) =>
    PERSONAL.has(region.owner) && (content === "data" || content === "partly") && region.offset >= end;
  return [...new Set((facts.survey?.regions ?? []).filter(isKept).map(({ region }) => region.id))];
}
