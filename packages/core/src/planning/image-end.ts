/**
 * How far a package's program reaches in flash.
 *
 * @module
 */
import { regionEnd } from "../flash/region.js";
import { type FirmwarePackage, type PackagePart, PartRole } from "../packages/firmware-package.js";

const PROGRAM: readonly PartRole[] = [PartRole.user1, PartRole.app, PartRole.irom];

/** Whether a part is the program that layouts give a limit for. */
export function isProgram({ role, place, spare }: Pick<PackagePart, "role" | "place" | "spare">): boolean {
  return spare !== true && place.from === "start" && PROGRAM.includes(role);
}

/** Offset behind the program's last byte; `undefined` where the package holds none. */
export function imageEndOf({ parts }: FirmwarePackage): number | undefined {
  const ends = parts
    .filter(isProgram)
    .map(({ place, bytes }) => regionEnd({ offset: place.offset, size: bytes.length }));
  return ends.length === 0 ? undefined : Math.max(...ends);
}
