/**
 * Firmware packages: archives, folders, manifests, command lines, single files.
 *
 * @module
 */
export {
  type Announced,
  type FirmwarePackage,
  type InstructedErase,
  type PackageFile,
  type PackageFinding,
  PackageKind,
  type PackagePart,
  PartRole,
} from "./firmware-package.js";
export { type BootLoaderId, identifyBootLoader } from "./identify/boot-loader.js";
export { identifyImage } from "./identify/identify-image.js";
export {
  type FirmwarePiece,
  type Identification,
  identifyPieces,
  identifyText,
} from "./identify/identify-text.js";
export { type LinkedFile, type LinkedManifest, linkManifest } from "./instructions/link-manifest.js";
export { neededFiles } from "./instructions/read-instructions.js";
export { type OpenPackageOptions, openPackage } from "./open-package.js";
export { type PlacedPart, resolveParts } from "./places.js";
