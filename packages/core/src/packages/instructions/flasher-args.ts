/**
 * ESP-IDF's `flasher_args.json`, which its builds leave beside the images.
 *
 * @module
 */
import { FlasherError } from "../../errors.js";
import { PackageKind } from "../firmware-package.js";
import {
  type HeaderTexts,
  type InstructedFile,
  type Instructions,
  instructedPath,
  MAX_FILES,
  parseOffset,
} from "./instructions.js";
import { isObject, JsonField } from "./json-text.js";

const CHIP = "esp8266";

/** Whether JSON is such a file. */
export function isFlasherArgs(value: unknown): boolean {
  return isObject(value) && isObject(value.flash_files);
}

/**
 * What the file says. Header fields are taken from `flash_settings`, and from `write_flash_args` where that is missing.
 * @throws FlasherError `json-field` with the path of the field, `package-other-chip`, `package-path-unsafe`
 */
export function readFlasherArgs(value: unknown, fileName: string): Instructions {
  const root = new JsonField(value, "", fileName);
  const chip = root.field("extra_esptool_args").field("chip").optionalText() ?? CHIP;
  if (chip.toLowerCase() !== CHIP && chip.toLowerCase() !== "auto") {
    throw new FlasherError("package-other-chip", { name: fileName, chip });
  }
  const files = root.field("flash_files").entries(MAX_FILES).map(readFile);
  return {
    kind: PackageKind.flasherArgs,
    files: files.sort((first, second) => first.offset - second.offset),
    header: readHeader(root),
    erase: "none",
    findings: [],
  };
}

function readFile([key, field]: readonly [string, JsonField]): InstructedFile {
  const offset = parseOffset(key) ?? field.refuse("named by an offset of 0 to 0xffffffff");
  return { path: instructedPath(field.text(), { field: field.path }), offset };
}

function readHeader(root: JsonField): HeaderTexts {
  const settings = root.field("flash_settings");
  const args = root.field("write_flash_args");
  const words = args.isMissing ? [] : args.list(100).map((word) => word.text());
  const read = (name: string) =>
    settings.field(`flash_${name}`).optionalText() ?? valueAfter(words, `flash_${name}`);
  const [mode, freq, size] = [read("mode"), read("freq"), read("size")];
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(freq === undefined ? {} : { freq }),
    ...(size === undefined ? {} : { size }),
  };
}

function valueAfter(words: readonly string[], option: string): string | undefined {
  const index = words.findIndex((word) => word.replace(/^-+/, "").replace(/-/g, "_") === option);
  return index < 0 ? undefined : words[index + 1];
}
