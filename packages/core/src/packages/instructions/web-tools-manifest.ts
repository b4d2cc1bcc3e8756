/**
 * ESP Web Tools' `manifest.json`: builds for several chips, each with parts at offsets.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { type PackageFinding, PackageKind } from "../firmware-package.js";
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

/**
 * The manifest's build for the ESP8266; the first, where there are several.
 * @throws FlasherError `json-field` with the path of the field, `manifest-other-chips`, `package-path-unsafe`
 */
export function readWebToolsManifest(value: unknown, fileName: string): Instructions {
  const root = new JsonField(value, "", fileName);
  const builds = root.field("builds").list(MAX_BUILDS);
  const families = builds.map((build) => build.field("chipFamily").text());
  const own = builds.filter((_, index) => families[index].toUpperCase() === CHIP);
  if (own.length === 0) throw new FlasherError("manifest-other-chips", { name: fileName, families });
  const name = root.field("name").optionalText();
  const version = root.field("version").optionalText();
  return {
    kind: PackageKind.manifest,
    files: own[0].field("parts").list(MAX_FILES).map(readPart),
    // The installer that reads these manifests leaves the header as it is.
    header: {},
    erase: root.field("new_install_prompt_erase").value === true ? "ask" : "none",
    ...(name === undefined ? {} : { name }),
    ...(version === undefined ? {} : { version }),
    findings: own.length === 1 ? [] : [severalBuilds(own.length)],
  };
}

function readPart(part: JsonField): InstructedFile {
  const pathField = part.field("path");
  const path = instructedPath(pathField.text(), { field: pathField.path });
  return { path, offset: readOffset(part.field("offset")) };
}

/** A number; some write it as text. */
function readOffset(field: JsonField): number {
  const { value } = field;
  const text = typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  return parseOffset(text) ?? field.refuse("an offset of 0 to 0xffffffff");
}

function severalBuilds(count: number): PackageFinding {
  return { code: "manifest-several-builds", severity: "note", params: { count, chip: CHIP } };
}
