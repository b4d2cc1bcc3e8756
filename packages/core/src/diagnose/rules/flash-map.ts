/**
 * The flash map in the header, against the firmware and the chip.
 *
 * @module
 */
import type { FlashSize, Statement } from "../../image/flash-params.js";
import { FirmwareFamily } from "../../maps/firmware-id.js";
import { fittingMaps } from "../../maps/fitting-maps.js";
import { flashMap, mapCodeOf } from "../../maps/flash-map.js";
import { type Hazard, HazardEffect } from "../../maps/hazards.js";
import { MapVerdict } from "../../maps/judge-map.js";
import { WrittenAt } from "../../maps/layout.js";
import { bannerWarns } from "../../maps/map-text.js";
import {
  crashes,
  type Facts,
  hasProgram,
  headerEvidence,
  isDamaged,
  type Rule,
  startedSlot,
} from "../facts.js";
import { type Finding, type FindingCode, type Fix, Severity } from "../finding.js";
import { finding, lineEvidence, nameOf } from "./make-finding.js";

/** What the map does to the firmware, with its true severity. */
export const mapAgainstFirmware: Rule = (facts) => {
  const { judgement, map } = facts;
  if (map === undefined) return unassignedCode(facts);
  if (judgement === undefined) return unknownFirmware(facts, map);
  switch (judgement.verdict) {
    case MapVerdict.forbidden:
      return [aboutMap(facts, "finding-map-over-boot-loader", Severity.danger, judgement.hazards)];
    case MapVerdict.undefined:
      return [unknownMap(facts, judgement.hazards)];
    case MapVerdict.exceedsChip:
      // Without the chip's size the map was judged on a chip of its own size: what is too large for that is the code.
      if (facts.chipSize === undefined) return [destructive(facts, judgement.hazards)];
      return [aboutMap(facts, "finding-map-exceeds-chip", Severity.fatal, judgement.hazards)];
    case MapVerdict.fatal:
      return [destructive(facts, judgement.hazards)];
    case MapVerdict.limited:
      return [aboutMap(facts, "finding-map-limits", Severity.warning, serious(judgement.hazards))];
    default:
      return harmless(facts, map);
  }
};

/** A map that the firmware's own tables do not have: a danger where even then something is known to hit its code. */
function unknownMap(facts: Facts, hazards: readonly Hazard[]): Finding {
  const hits = hazards.some(({ effect, overlap }) => effect === HazardEffect.fatal && overlap !== undefined);
  const severity = hits ? Severity.danger : Severity.warning;
  return aboutMap(facts, "finding-map-unknown-to-firmware", severity, hazards);
}

/** A code that no map has. */
function unassignedCode(facts: Facts): readonly Finding[] {
  const header = facts.survey?.header;
  if (header === undefined || header.size !== undefined || !hasProgram(facts)) return [];
  const found = aboutMap(facts, "finding-map-unknown-to-firmware", Severity.warning, []);
  return [{ ...found, params: { ...found.params, map: `code ${header.sizeFreqByte >> 4}` } }];
}

/** Who cannot say what a firmware does with its map can still see that the chip is too small for it. */
function unknownFirmware(facts: Facts, map: FlashSize): readonly Finding[] {
  const { chipSize } = facts;
  if (chipSize === undefined || map.size <= chipSize) return [];
  return [aboutMap(facts, "finding-map-exceeds-chip", Severity.warning, [])];
}

/** Ordinary use destroys code: when, and whether it has happened. */
function destructive(facts: Facts, hazards: readonly Hazard[]): Finding {
  const fatal = hazards.filter(({ effect }) => effect === HazardEffect.fatal);
  const happened = isDamaged(startedSlot(facts)) || crashes(facts);
  const severity = happened ? Severity.fatal : Severity.danger;
  const has = (...codes: string[]) => fatal.some(({ what }) => codes.includes(what.code));
  if (has("hazard-phy-init-in-image", "hazard-map-not-linked")) {
    const code = has("hazard-phy-init-in-image") ? "finding-map-no-start" : "finding-map-not-linked";
    return aboutMap(facts, code, Severity.fatal, fatal);
  }
  return aboutMap(facts, codeOf(fatal), severity, fatal);
}

function codeOf(fatal: readonly Hazard[]): FindingCode {
  const at = (when: WrittenAt) => fatal.some((hazard) => hazard.when === when);
  if (at(WrittenAt.boot)) {
    const onlyCalibration = fatal.every(({ what }) => what.code === "hazard-rf-cal-in-image");
    return onlyCalibration ? "finding-calibration-in-code" : "finding-map-destroys-at-start";
  }
  return at(WrittenAt.wifiSave) ? "finding-map-destroys-at-wifi-save" : "finding-map-destroys-at-save";
}

function serious(hazards: readonly Hazard[]): Hazard[] {
  return hazards.filter(({ effect }) => effect !== HazardEffect.minor);
}

/** A map that fits the firmware: worth a word only where it is not that of the chip. */
function harmless(facts: Facts, map: FlashSize): readonly Finding[] {
  const { chipSize, firmware } = facts;
  if (chipSize === undefined || map.size >= chipSize || !declaresToFirmware(facts)) return [];
  const warns =
    facts.console?.warned === true ||
    (firmware?.family === FirmwareFamily.espruino &&
      facts.flashDevice !== undefined &&
      bannerWarns(firmware.version, facts.flashDevice, mapCodeOf(map)));
  return [aboutMap(facts, warns ? "finding-map-smaller-warns" : "finding-map-smaller", Severity.note, [])];
}

/** Firmware that knows no larger map has no reason to hear of a larger chip. */
function declaresToFirmware(facts: Facts): boolean {
  const best = bestMap(facts);
  return best === undefined || best.size > (facts.map?.size ?? 0);
}

function aboutMap(facts: Facts, code: FindingCode, severity: Severity, hazards: readonly Hazard[]): Finding {
  const best = bestMap(facts);
  const hit = hazards.find(({ overlap }) => overlap !== undefined)?.overlap;
  const slot = startedSlot(facts);
  return finding(facts, code, severity, {
    params: {
      map: facts.map?.name,
      mapSize: facts.map?.size,
      chipSize: facts.chipSize,
      linked: facts.linked?.name ?? best?.name,
      firmware: nameOf(facts.firmware),
      fitting: best?.name ?? "another map",
      offset: hit?.offset,
      size: hit?.size,
    },
    evidence: [
      ...hazards.map(({ what }): Statement => what),
      ...headerEvidence(facts.survey?.header, 0),
      ...(slot === undefined ? [] : headerEvidence(slot.linkedParams, slot.offset)),
      ...lineEvidence(facts.console?.lines ?? []),
    ],
    fixes: fixesFor(best, facts),
  });
}

/** The header, where another one helps; where none does, it is the wrong firmware for this chip. */
function fixesFor(best: FlashSize | undefined, { map }: Facts): Fix[] {
  if (best === undefined || best === map) return [{ kind: "install" }];
  return [{ kind: "header", size: best.name }];
}

/** The best map for this firmware on this chip: its own split over the whole chip where that fits, else the best that fits. */
export function bestMap({ firmware, imageEnd, chipSize, linked }: Facts): FlashSize | undefined {
  if (firmware === undefined || chipSize === undefined) return linked;
  const linkedMap = linked === undefined ? undefined : mapCodeOf(linked);
  const fitting = fittingMaps(firmware, imageEnd, chipSize, linkedMap).map(({ map }) => flashMap(map));
  return fitting.find((map) => map?.size === chipSize && map.split === linked?.split) ?? fitting[0];
}

/** How a wrong map came about: worth knowing, so that it does not come again. */
export const causeOfMap: Rule = (facts) => {
  const { map, linked, judgement, survey } = facts;
  if (map === undefined || judgement === undefined || isTolerable(judgement.verdict)) return [];
  const params = { map: map.name, linked: linked?.name, chipSize: facts.chipSize, gui: map.guiName };
  const evidence = headerEvidence(survey?.header, 0);
  if (isAsShipped(facts) && hasZeroFilling(facts)) {
    return [finding(facts, "finding-combined-kept", Severity.note, { params, evidence })];
  }
  if (isAsShipped(facts)) {
    return [finding(facts, "finding-header-as-shipped", Severity.note, { params, evidence })];
  }
  if (isBitsForBytes(facts)) {
    return [finding(facts, "finding-bits-for-bytes", Severity.note, { params, evidence })];
  }
  if (linked?.size === map.size && linked.split !== map.split) {
    return [finding(facts, "finding-size-without-split", Severity.note, { params, evidence })];
  }
  return [];
};

function isTolerable(verdict: MapVerdict): boolean {
  return verdict === MapVerdict.ok;
}

/** Boot loaders come as QIO, 40 MHz, 512KB. */
function isAsShipped({ survey, linked }: Facts): boolean {
  const header = survey?.header;
  return header?.modeByte === 0 && header.sizeFreqByte === 0 && linked !== undefined && linked.code !== 0;
}

/** Whole-chip images of Espruino since 1v92 are filled with zeros, which no erased chip has. */
function hasZeroFilling({ survey }: Facts): boolean {
  return survey?.regions.some(({ content }) => content === "zeros") === true;
}

/** The map's megabytes are the chip's megabits, or the other way round: 512KB is 4 Mbit, and 4 MB are 32 Mbit. */
function isBitsForBytes({ map, chipSize }: Facts): boolean {
  return (
    map !== undefined && chipSize !== undefined && (map.size * 8 === chipSize || map.size === chipSize * 8)
  );
}

/** An application that was linked for another split than the header gives, without harm that is known. */
export const linkedForOther: Rule = (facts) => {
  const { linked, map, firmware, judgement } = facts;
  if (linked === undefined || map === undefined || linked.split === map.split) return [];
  if (judgement !== undefined && judgement.verdict !== MapVerdict.ok) return [];
  // ESP8266_BOARD is linked for the smallest map and made for all.
  if (firmware?.family === FirmwareFamily.espruino || !usesSlots(facts)) return [];
  return [aboutMap(facts, "finding-linked-for-other-map", Severity.note, [])];
};

function usesSlots({ survey }: Facts): boolean {
  return survey?.bootLoader?.kind === "sdk";
}
