/**
 * Espruino's version texts: `1v95`, `2v09`, and `2v09.12` for the twelfth commit after the release 2v09.
 *
 * @module
 */

/** A version of Espruino. */
export interface EspruinoVersion {
  readonly major: number;
  /** 95 in `1v95`, 9 in `2v09`. */
  readonly minor: number;
  /** Commits after the release; 0 for the release itself. */
  readonly commits: number;
}

/** The version in a text such as `2v09` or `2v09.12`; `undefined` where the text is not one, in whole. */
export function parseEspruinoVersion(text: string): EspruinoVersion | undefined {
  const parts = /^(\d{1,3})v(\d{2,3})(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (parts === null) return undefined;
  return { major: Number(parts[1]), minor: Number(parts[2]), commits: Number(parts[3] ?? 0) };
}

/**
 * Negative where `a` is older than `b`, positive where it is newer, 0 where they are the same version;
 * `undefined` where one of them is not a version. `1v95` < `2v09` < `2v09.12` < `2v10`.
 */
export function compareEspruinoVersions(a: string, b: string): number | undefined {
  const left = parseEspruinoVersion(a);
  const right = parseEspruinoVersion(b);
  if (left === undefined || right === undefined) return undefined;
  return left.major - right.major || left.minor - right.minor || left.commits - right.commits;
}
