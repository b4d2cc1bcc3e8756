/**
 * Instructions in any file that holds some.
 *
 * @module
 */
import type { PackageFile } from "../firmware-package.js";
import { readCommandLine } from "./command-line/read-command-line.js";
import { isFlasherArgs, readFlasherArgs } from "./flasher-args.js";
import type { Instructions } from "./instructions.js";
import { parseJson } from "./json-text.js";
import { decodeText } from "./text.js";
import { isWebToolsManifest, readWebToolsManifest } from "./web-tools-manifest.js";

/**
 * What a file says of others: a manifest, `flasher_args.json`, a text with a flasher's command. `undefined` where it says
 * nothing of the kind.
 * @throws FlasherError `json-invalid`, `json-field`, `manifest-other-chips`, `package-other-chip`, `package-path-unsafe`,
 *   `package-too-many-parts`, `command-…`
 */
export function readInstructions(file: PackageFile): Instructions | undefined {
  const text = decodeText(file.bytes);
  if (text === undefined) return undefined;
  return looksLikeJson(text) ? readJson(text, file.path) : readCommandLine(text, file.path);
}

/**
 * The files that `file` names, relative to it, each once; empty for a file that holds its firmware itself.
 * @throws FlasherError as `readInstructions` does: above all `package-path-unsafe` for a path that is absolute, names a drive
 *   or a server, or goes up
 */
export function neededFiles(file: PackageFile): string[] {
  return [...new Set(readInstructions(file)?.files.map(({ path }) => path))];
}

function looksLikeJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

function readJson(text: string, name: string): Instructions | undefined {
  const value = parseJson(text, name);
  if (isWebToolsManifest(value)) return readWebToolsManifest(value, name);
  if (isFlasherArgs(value)) return readFlasherArgs(value, name);
  return undefined;
}
