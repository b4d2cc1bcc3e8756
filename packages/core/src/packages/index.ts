/**
 * Firmware packages: archives, folders, manifests, command lines, single files.
 *
 * @module
 */
export {
  type FirmwarePackage,
  type PackageFile,
  type PackageFinding,
  PackageKind,
  type PackagePart,
  PartRole,
} from "./firmware-package.js";
