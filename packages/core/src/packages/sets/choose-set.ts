/**
 * One set of several: that of the build which suits the chip.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import type { PackageFinding } from "../firmware-package.js";
import { type FileSet, linkedSizeOf } from "./find-sets.js";

/** A set, and what was passed over. */
export interface ChosenSet {
  readonly set: FileSet;
  readonly findings: readonly PackageFinding[];
}

/**
 * The set for a chip: of those whose flash size the chip has, the one with the largest; where the chip is not known, the one
 * with the smallest, which runs on every chip. `sets` in the order of `findSets`; of equals the first counts.
 * @throws FlasherError `package-several-firmwares` where the sets are not builds of one firmware in one version
 */
export function chooseSet(sets: readonly FileSet[], chipSize: number | undefined, name: string): ChosenSet {
  refuseStrangers(sets, name);
  const size = (set: FileSet) => linkedSizeOf(set)?.size ?? 0;
  const fitting = sets.filter((set) => chipSize === undefined || size(set) <= chipSize);
  const candidates = fitting.length === 0 ? sets : fitting;
  const isBetter = (a: number, b: number) => (chipSize === undefined ? a < b : a > b);
  const set = candidates.reduce((best, next) => (isBetter(rank(next), rank(best)) ? next : best));
  const others = sets.filter((other) => other !== set && isOtherBuild(other, set));
  if (others.length === 0) return { set, findings: [] };
  const params = { chosen: set.main.path, others: others.map(({ main }) => main.path) };
  return { set, findings: [{ code: "package-several-builds", severity: "note", params }] };
}

/** By size, and among the maps of one size by their code: larger update slots count as more. */
function rank(set: FileSet): number {
  const size = linkedSizeOf(set);
  return (size?.size ?? 0) + (size?.code ?? 0);
}

/** The combined file of the build whose own files are there too is not another build. */
function isOtherBuild(other: FileSet, chosen: FileSet): boolean {
  return other.main.kind !== "combined" || chosen.main.kind === "combined";
}

function refuseStrangers(sets: readonly FileSet[], name: string): void {
  const firmwares = [...new Set(sets.map(describeFirmware))];
  if (firmwares.length > 1) throw new FlasherError("package-several-firmwares", { name, firmwares });
}

function describeFirmware({ main }: FileSet): string {
  const { family, version } = main.identity.firmware;
  return [family, version].filter((word) => word !== undefined).join(" ");
}
