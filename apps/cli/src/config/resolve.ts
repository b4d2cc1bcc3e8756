/**
 * Which value of a setting is in force. What stands on the command line is; then `FLASHWRIGHT_*`, for it is about this program
 * and this shell; then the project's file; then the variables of other flashers, which were set for another program.
 *
 * @module
 */
import type { World } from "../world.js";
import { type ConfigFile, findConfigFile, placeIn, readConfigFile } from "./config-file.js";
import { type Setting, type SettingName, settings } from "./setting.js";

/** Names the file instead of searching for it; empty: no file. */
export const CONFIG_VARIABLE = "FLASHWRIGHT_CONFIG";

/** Where a value stands. */
export type SettingSource =
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "file"; readonly name: string; readonly line: number };

/** A value as it stands somewhere. */
export interface SettingText {
  readonly text: string;
  readonly source: SettingSource;
}

/** What is set of one setting: the first is in force, the others are overruled. */
export interface ResolvedSetting {
  readonly setting: Setting;
  readonly texts: readonly SettingText[];
}

/** All that is set beside the command line. */
export interface Configuration {
  /** The file that was read, if there is one. */
  readonly file?: string;
  readonly settings: readonly ResolvedSetting[];
}

/** @throws FlasherError those of `readConfigFile` */
export async function readConfiguration({ env, currentFolder }: World): Promise<Configuration> {
  const named = env[CONFIG_VARIABLE];
  const path = named === undefined ? await findConfigFile(currentFolder) : named || undefined;
  const file = path === undefined ? undefined : await readConfigFile(path);
  return {
    ...(file === undefined ? {} : { file: file.path }),
    settings: settings.map((setting) => ({ setting, texts: textsOf(setting, env, file) })),
  };
}

function textsOf(setting: Setting, env: World["env"], file: ConfigFile | undefined): SettingText[] {
  return [
    ...fromEnvironment([setting.variable], env),
    ...fromFile(setting.name, file),
    ...fromEnvironment(setting.foreign, env),
  ];
}

/** An empty variable is how a shell unsets one for a single command. */
function fromEnvironment(names: readonly string[], env: World["env"]): SettingText[] {
  return names.flatMap((name) => {
    const text = env[name];
    return text === undefined || text === "" ? [] : [{ text, source: { kind: "environment", name } }];
  });
}

function fromFile(name: SettingName, file: ConfigFile | undefined): SettingText[] {
  const found = file?.settings.get(name);
  if (file === undefined || found === undefined) return [];
  return [{ text: found.text, source: { kind: "file", name: file.path, line: found.line } }];
}

/** Words for where a value stands. */
export function placeOf(source: SettingSource): string {
  return source.kind === "environment" ? source.name : placeIn(source.name, source.line);
}
