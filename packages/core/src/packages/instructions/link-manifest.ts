/**
 * A manifest from the web, whose parts may lie anywhere: whoever downloads them gets it as one whose parts lie beside it.
 *
 * @module
 */
import { utf8 } from "@scure/base";
import { baseName, safePath } from "../../archives/safe-path.js";
import type { PackageFile } from "../firmware-package.js";
import { parseJson } from "./json-text.js";
import { decodeText } from "./text.js";
import { isWebToolsManifest, type ManifestPart, readManifest } from "./web-tools-manifest.js";

/** A manifest and where its files come from. */
export interface LinkedManifest {
  /** The same manifest for the ESP8266 alone, in which every part has the path that `files` gives it. */
  readonly file: PackageFile;
  /** Each file once. */
  readonly files: readonly LinkedFile[];
}

/** A file of a manifest. */
export interface LinkedFile {
  /** As the manifest names it: relative to the manifest, absolute, or a whole address. */
  readonly reference: string;
  /** Beside the manifest: the same, where that is possible. */
  readonly path: string;
}

/** Names are for people; longer ones are cut. */
const LONGEST_NAME = 80;

/**
 * Reads ESP Web Tools' manifest; `undefined` for any other file.
 * @throws FlasherError `json-invalid`, `json-field` with the path of the field, `manifest-other-chips`
 */
export function linkManifest(file: PackageFile): LinkedManifest | undefined {
  const text = decodeText(file.bytes);
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  const value = parseJson(text, file.path);
  if (!isWebToolsManifest(value)) return undefined;
  const { parts, erase, announced } = readManifest(value, file.path);
  const files = linkFiles(parts);
  const local = {
    name: announced.name,
    version: announced.version,
    funding_url: announced.fundingUrl,
    new_install_prompt_erase: erase === "ask",
    builds: [{ chipFamily: "ESP8266", parts: parts.map((part) => localPart(part, files)) }],
  };
  return { file: { path: file.path, bytes: utf8.decode(JSON.stringify(local)) }, files };
}

function localPart({ reference, offset, size, sha256 }: ManifestPart, files: readonly LinkedFile[]): object {
  const path = files.find((file) => file.reference === reference)?.path;
  return { path, offset, size, sha256 };
}

function linkFiles(parts: readonly ManifestPart[]): LinkedFile[] {
  const taken = new Set<string>();
  return [...new Set(parts.map(({ reference }) => reference))].map((reference) => {
    let path = safePath(reference) ?? nameOf(reference);
    while (taken.has(path.toLowerCase())) path = `other/${path}`;
    taken.add(path.toLowerCase());
    return { reference, path };
  });
}

/** The last step of an address, without what is no name of a file. */
function nameOf(reference: string): string {
  const name = baseName(reference.replace(/[?#].*$/s, "")).replace(/[^\w.+ -]/g, "_");
  return /^[. ]*$/.test(name) ? "part" : name.slice(-LONGEST_NAME);
}
