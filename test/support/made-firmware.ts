/**
 * Firmware that is made for tests: the form, sizes and text of real firmware around bytes that are no program, the same on
 * every run. Written from the description of the formats and not with the code that reads them.
 *
 * @module
 */
export { type FlashParts, flashWith, mappedSize } from "./made/chip.js";
export {
  bootFlag,
  bootRecord,
  type MadeFile,
  type MadeWifi,
  recordReleaseOf,
  rfCal,
  type StorageHeader,
  saveArea,
  savedImageFile,
  sdkParams,
  startSlot,
  storageArea,
  wifiBlock,
  wifiFile,
} from "./made/contents.js";
export { type EspruinoBuild, madeUserImage, type UserImageOptions, versionAtLeast } from "./made/espruino.js";
export { type EspruinoChipOptions, espruinoChip } from "./made/espruino-chip.js";
export { type Place, rfCalSector, savePlace, sdkTail, wifiSector } from "./made/espruino-places.js";
export { codeLike } from "./made/filler.js";
export { bootRomImage, type MadeSegment, type StoredCrc, slotImage } from "./made/image-format.js";
export {
  type ArduinoCore,
  type ArduinoImageOptions,
  type MadePart,
  madeArduinoImage,
  madeAtImage,
  madeAtNoBoot,
  madeMicroPython,
  madeNodeMcu,
  madeRboot,
  madeRtos,
} from "./made/other-firmware.js";
export {
  blankSector,
  type HeaderBytes,
  madeSdkBoot,
  phyInit,
  type SdkBootVersion,
} from "./made/sdk-parts.js";
