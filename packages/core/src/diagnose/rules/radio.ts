/**
 * The radio's data: PHY init data, calibration, and the crystal that both depend on.
 *
 * @module
 */
import { bytesOf } from "../../flash/contents.js";
import { PHY_INIT_MARK, PHY_INIT_SIZE, readPhyInit } from "../../formats/phy-init.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { MapVerdict } from "../../maps/judge-map.js";
import { type LayoutRegion, RegionOwner } from "../../maps/layout.js";
import { type Facts, hasProgram, type Rule } from "../facts.js";
import { type Fix, Severity } from "../finding.js";
import { finding } from "./make-finding.js";

/**
 * Firmware that does not start without PHY init data in flash. Arduino's core, and what is built on it, has them in its
 * code; NodeMCU and MicroPython write them when they are missing (general knowledge).
 */
const NEEDS_PHY_INIT: ReadonlySet<FirmwareFamily> = new Set<FirmwareFamily>([
  FirmwareFamily.espruino,
  FirmwareFamily.at,
  FirmwareFamily.nonos,
]);

/** More than this from nominal, and it is another crystal; as of an identification. */
const CRYSTAL_TOLERANCE_MHZ = 1;

/** PHY init data that is missing where the firmware will look for it. */
export const phyInitMissing: Rule = (facts) => {
  const { survey, firmware } = facts;
  const region = regionOf(facts, RegionOwner.phyInit);
  if (survey === undefined || region === undefined || firmware === undefined || !hasProgram(facts)) return [];
  if (!NEEDS_PHY_INIT.has(firmware.family) || liesInCode(facts)) return [];
  const bytes = bytesOf({ offset: region.offset, size: PHY_INIT_SIZE }, survey.contents);
  if (bytes === undefined || bytes[0] === PHY_INIT_MARK) return [];
  const fixes: Fix[] = [{ kind: "phy-init" }];
  const params = { offset: region.offset, found: bytes[0] };
  const evidence = [{ code: "evidence-phy-init", params } as const];
  return [finding(facts, "finding-phy-init-missing", Severity.fatal, { params, evidence, fixes })];
};

/** Where the map puts it into the code, the map is what is wrong. */
function liesInCode({ judgement }: Facts): boolean {
  return judgement?.hazards.some(({ what }) => what.code === "hazard-phy-init-in-image") === true;
}

/** PHY init data for another crystal than the board's: the board starts, and its radio is on no channel. */
export const phyInitCrystal: Rule = (facts) => {
  const { survey, chip } = facts;
  const region = regionOf(facts, RegionOwner.phyInit);
  if (survey === undefined || region === undefined || chip?.crystalMHz === undefined) return [];
  const bytes = bytesOf({ offset: region.offset, size: PHY_INIT_SIZE }, survey.contents);
  const said = bytes === undefined ? undefined : readPhyInit(bytes)?.crystalMHz;
  if (said === undefined || said === chip.crystalMHz) return [];
  const params = { said, crystal: chip.crystalMHz, offset: region.offset };
  const fixes: Fix[] = [{ kind: "phy-init" }];
  const evidence = [{ code: "evidence-phy-crystal", params } as const];
  return [finding(facts, "finding-phy-init-crystal", Severity.warning, { params, evidence, fixes })];
};

/** Calibration that is not there: it comes back. */
export const calibrationBlank: Rule = (facts) => {
  const state = facts.survey?.regions.find(({ region }) => region.owner === RegionOwner.rfCal);
  if (state === undefined || !hasProgram(facts) || facts.judgement?.verdict !== MapVerdict.ok) return [];
  if (state.content !== "blank" && state.content !== "zeros") return [];
  const params = { offset: state.region.offset };
  const evidence = [
    { code: "evidence-region-blank", params: { ...params, size: state.region.size } } as const,
  ];
  return [finding(facts, "finding-calibration-blank", Severity.note, { params, evidence })];
};

/** A crystal that runs at another frequency than the chip's family has. */
export const crystalUnusual: Rule = (facts) => {
  const { crystalMHz: nominal, crystalMeasuredMHz: measured } = facts.chip ?? {};
  if (nominal === undefined || measured === undefined) return [];
  if (Math.abs(measured - nominal) <= CRYSTAL_TOLERANCE_MHZ) return [];
  const params = { nominal, measured: Math.round(measured * 10) / 10 };
  const evidence = [{ code: "evidence-crystal", params } as const];
  return [finding(facts, "finding-crystal-unusual", Severity.warning, { params, evidence })];
};

function regionOf({ survey }: Facts, owner: RegionOwner): LayoutRegion | undefined {
  return survey?.layout?.regions.find((region) => region.owner === owner);
}
