/**
 * ESP Web Tools' `manifest.json`: builds for several chips, each with parts at offsets. `sha256` and `size` of a part are
 * Flashwright's own; other readers pass over them.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import {
  type Announced,
  type InstructedErase,
  type PackageFinding,
  PackageKind,
} from "../firmware-package.js";
import {
  type InstructedFile,
  type Instructions,
  instructedPath,
  MAX_FILES,
  parseOffset,
} from "./instructions.js";
import { isObject, JsonField } from "./json-text.js";

const CHIP = "ESP8266";
const MAX_BUILDS = 100;

/** Whether JSON is such a manifest. */
export function isWebToolsManifest(value: unknown): boolean {
  return isObject(value) && Array.isArray(value.builds);
}

/** A part as the manifest names it. */
export interface ManifestPart extends Pick<InstructedFile, "offset" | "sha256" | "size"> {
  /** Relative to the manifest, absolute, or a whole address: as it is written. */
  readonly reference: string;
  /** Of the field that holds it. */
  readonly field: string;
}

/** A manifest, checked, with its build for the ESP8266. */
export interface WebToolsManifest {
  readonly parts: readonly ManifestPart[];
  readonly erase: InstructedErase;
  readonly announced: Announced;
  readonly findings: readonly PackageFinding[];
}

/**
 * The manifest's build for the ESP8266; the first, where there are several.
 * @throws FlasherError `json-field` with the path of the field, `manifest-other-chips`
 */
export function readManifest(value: unknown, fileName: string): WebToolsManifest {
  const root = new JsonField(value, "", fileName);
  const builds = root.field("builds").list(MAX_BUILDS);
  const families = builds.map((build) => build.field("chipFamily").text());
  const own = builds.filter((_, index) => families[index].toUpperCase() === CHIP);
  if (own.length === 0) throw new FlasherError("manifest-other-chips", { name: fileName, families });
  return {
    parts: own[0].field("parts").list(MAX_FILES).map(readPart),
    erase: asksToErase(root) ? "ask" : "none",
    announced: readAnnounced(root),
    findings: own.length === 1 ? [] : [severalBuilds(own.length)],
  };
}

/**
 * The same as instructions for files that lie beside the manifest.
 * @throws FlasherError `package-path-unsafe`, and as `readManifest` does
 */
export function readWebToolsManifest(value: unknown, fileName: string): Instructions {
  const { parts, ...rest } = readManifest(value, fileName);
  const files = parts.map(({ reference, field, ...part }) => ({
    path: instructedPath(reference, { field }),
    ...part,
  }));
  // The installer that reads these manifests leaves the header as it is.
  return { kind: PackageKind.manifest, files, header: {}, ...rest };
}

function readAnnounced(root: JsonField): Announced {
  const name = root.field("name").optionalText();
  const version = root.field("version").optionalText();
  const fundingUrl = root.field("funding_url").optionalText();
  return {
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    // It becomes a link, and a link can be a script.
    ...(fundingUrl !== undefined && /^https?:\/\//i.test(fundingUrl) ? { fundingUrl } : {}),
  };
}

/** The second name is an older one for the same. Source: ESP Web Tools, its reading of a manifest. */
function asksToErase(root: JsonField): boolean {
  return (
    root.field("new_install_prompt_erase").value === true ||
    root.field("new_install_skip_erase").value === true
  );
}

function readPart(part: JsonField): ManifestPart {
  const path = part.field("path");
  // The form of 2021, in which nobody ever compared the size.
  const isOld = path.isMissing && !part.field("filename").isMissing;
  const named = isOld ? part.field("filename") : path;
  const size = isOld ? undefined : readSize(part.field("size"));
  const sha256 = readSha256(part.field("sha256"));
  return {
    reference: named.text(),
    field: named.path,
    offset: readOffset(part.field("offset")),
    ...(size === undefined ? {} : { size }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** A number; some write it as text. */
function readOffset(field: JsonField): number {
  const { value } = field;
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  return parseOffset(text) ?? field.refuse("an offset of 0 to 0xffffffff");
}

function readSize(field: JsonField): number | undefined {
  if (field.isMissing) return undefined;
  const size = typeof field.value === "number" ? field.value : 0;
  return Number.isInteger(size) && size > 0 ? size : field.refuse("a number of bytes");
}

function readSha256(field: JsonField): string | undefined {
  const text = field.optionalText();
  if (text === undefined) return undefined;
  return /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : field.refuse("64 hex digits");
}

function severalBuilds(count: number): PackageFinding {
  return { code: "manifest-several-builds", severity: "note", params: { count, chip: CHIP } };
}
