/**
 * Version texts as firmware makers write them, and the ranges of versions for which a fact holds.
 *
 * @module
 */
import { parseEspruinoVersion } from "./espruino-version.js";

/** A version as numbers from the most to the least significant; one that is missing counts as 0. */
export type VersionNumbers = readonly number[];

/** Reads one maker's spelling; `undefined` for a text that is none of theirs. */
export type VersionParser = (text: string) => VersionNumbers | undefined;

/** From `since`, itself included, up to `before`, itself not; an end that is not named is open. */
export interface VersionRange {
  readonly since?: string;
  readonly before?: string;
}

/** `3.0.2`, `v1.13`, `1.7.6.0-dev`: numbers between dots; what follows them is not compared. */
export function parseDottedVersion(text: string): VersionNumbers | undefined {
  const numbers = /^v?(\d{1,9}(?:\.\d{1,9}){0,5})(?![\d.])/i.exec(text.trim())?.[1];
  return numbers?.split(".").map(Number);
}

/** `1v95`, `2v09.12`. */
export const parseEspruinoNumbers: VersionParser = (text) => {
  const version = parseEspruinoVersion(text);
  return version && [version.major, version.minor, version.commits];
};

/** Negative where `a` is older, positive where it is newer, 0 where they are the same. */
export function compareVersionNumbers(a: VersionNumbers, b: VersionNumbers): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` lies in the range. `undefined` is newer than every known one. */
export function inVersionRange(
  version: VersionNumbers | undefined,
  { since, before }: VersionRange,
  parse: VersionParser,
): boolean {
  if (version === undefined) return before === undefined;
  const from = since === undefined ? undefined : parse(since);
  const end = before === undefined ? undefined : parse(before);
  if (from !== undefined && compareVersionNumbers(version, from) < 0) return false;
  return end === undefined || compareVersionNumbers(version, end) < 0;
}
