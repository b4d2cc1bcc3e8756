/**
 * Flash layouts: what lies where, for which firmware, under which flash map.
 *
 * @module
 */

export { Carriage, type CarriedRegion, carriedRegions } from "./carried-regions.js";
export { DataFormat, type DataFormatFacts, type DataFormatName, dataFormats } from "./data-formats.js";
export {
  compareEspruinoVersions,
  type EspruinoVersion,
  parseEspruinoVersion,
} from "./espruino-version.js";
export { EspruinoBuild } from "./firmware/espruino-4mb.js";
export { withLinkedBuild } from "./firmware/registry.js";
export { Certainty, FirmwareFamily, type FirmwareId } from "./firmware-id.js";
export { type FittingMap, fittingMaps } from "./fitting-maps.js";
export { explainMap, flashMap, mapCodeOf, mapCodes } from "./flash-map.js";
export { type Hazard, HazardEffect, imageRegions } from "./hazards.js";
export { judgeMap, linkedMapOf, type MapJudgement, type MapQuestion, MapVerdict } from "./judge-map.js";
export { type KnownFirmware, knownFirmware } from "./known-firmware.js";
export { Erasure, type FlashLayout, type LayoutRegion, RegionOwner, WrittenAt } from "./layout.js";
export { layoutFor, sdkLayout } from "./layout-for.js";
export { bannerWarns, expectedFreeList, mapOfText, mapText } from "./map-text.js";
export {
  bootLoaderName,
  firmwareName,
  layoutTitle,
  paramsName,
  sizeInAllNames,
} from "./names.js";
export { type Readable, readableBy } from "./readable-by.js";
export { regionWords } from "./region-words.js";
export { type OwnerColour, ownerColours } from "./render/colours.js";
export type { DrawnMap, DrawnState } from "./render/drawn-map.js";
export type { Theme } from "./render/style.js";
export { type RenderOptions, renderMap } from "./render-map.js";
