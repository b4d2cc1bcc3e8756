/** `flashwright.config.json`: found, read, proven. @module */
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FlasherError } from "@flashwright/core";
import * as v from "valibot";
import { readBytes } from "../files.js";
import { JsonSyntaxError, type PlacedJson, parsePlacedJson } from "./json-places.js";
import { CONFIG_FILE, configSchema } from "./schema.js";
import { type SettingName, settings } from "./setting.js";

/** A value of the file, as text that the setting's own parser takes. */
export interface FileSetting {
  readonly text: string;
  readonly line: number;
}

/** A file that was read. */
export interface ConfigFile {
  readonly path: string;
  readonly settings: ReadonlyMap<SettingName, FileSetting>;
}

/** Far more than eight settings need. */
const MAX_BYTES = 0x10000;

/**
 * The file in a folder or in the nearest one above it.
 * @returns `undefined` where there is none
 */
export async function findConfigFile(folder: string): Promise<string | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const path = join(at, CONFIG_FILE);
    if ((await stat(path).catch(() => undefined))?.isFile()) return path;
    if (at === dirname(at)) return undefined;
  }
}

/**
 * Reads a file. A path in it begins at the file.
 * @throws FlasherError `config-syntax`, `config-key-unknown`, `setting-invalid`, `file-missing`, `file-unreadable`
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const bytes = await readBytes(path);
  const json = parseJson(path, bytes);
  // An array would pass as an object without any key.
  const checked = v.safeParse(configSchema, Array.isArray(json.value) ? null : json.value);
  if (!checked.success) throw refusal(path, json, checked.issues[0]);
  const found = new Map<SettingName, FileSetting>();
  for (const { name } of settings) {
    const value = checked.output[name];
    if (value === undefined) continue;
    const text = name === "package" ? resolve(dirname(path), String(value)) : String(value);
    found.set(name, { text, line: json.lineOf(name) });
  }
  return { path, settings: found };
}

function parseJson(name: string, bytes: Uint8Array): PlacedJson {
  try {
    if (bytes.length > MAX_BYTES) throw new JsonSyntaxError(`it has more than ${MAX_BYTES} bytes`, 1, 1);
    return parsePlacedJson(new TextDecoder().decode(bytes));
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { detail, line, column } = error;
    throw new FlasherError("config-syntax", { name, line, column, detail });
  }
}

/** The first thing that is wrong, with its line. */
function refusal(name: string, json: PlacedJson, issue: v.InferIssue<typeof configSchema>): FlasherError {
  const key = issue.path?.[0]?.key;
  if (typeof key !== "string") {
    const detail = "the file has to hold an object, as { }";
    return new FlasherError("config-syntax", { name, line: 1, column: 1, detail });
  }
  const line = json.lineOf(key);
  const setting = settings.find((one) => one.name === key);
  if (setting === undefined && key !== "$schema") {
    const known = settings.map((one) => one.name);
    return new FlasherError("config-key-unknown", { name, line, key, known });
  }
  const text = JSON.stringify((json.value as Record<string, unknown>)[key]).slice(0, 80);
  const what = setting?.what ?? "the place of a schema";
  return new FlasherError("setting-invalid", { place: placeIn(name, line), name: key, text, what });
}

/** A line of the file, as errors and `flashwright config` name it. */
export function placeIn(path: string, line: number): string {
  return `${path}, line ${line}`;
}
