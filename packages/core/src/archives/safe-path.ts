/**
 * Paths from archives, manifests and command lines: relative, with forward slashes, never out of their folder.
 *
 * @module
 */
import { LONGEST_PATH } from "./budget.js";

/**
 * The path with forward slashes and without `.` and empty steps; `undefined` where it is absolute, names a drive or a
 * server, goes up, or holds control characters. An empty text stays where it is and is `undefined` too.
 */
export function safePath(path: string): string | undefined {
  const slashed = path.replace(/\\/g, "/");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (path.length > LONGEST_PATH || /[\u0000-\u001f\u007f]/.test(path)) return undefined;
  // A colon is a drive (C:), a stream of NTFS, or a scheme (https:).
  if (slashed.startsWith("/") || slashed.startsWith("~") || slashed.includes(":")) return undefined;
  const steps = slashed.split("/").filter((step) => step !== "" && step !== ".");
  if (steps.length === 0 || steps.includes("..")) return undefined;
  return steps.join("/");
}

/** The last step of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** All but the last step; empty where there is only one. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
