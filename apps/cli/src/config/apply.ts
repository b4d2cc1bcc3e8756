/** Settings become options of the command that is about to run. @module */
import type { Command as Program } from "commander";
import type { World } from "../world.js";
import { placeOf, type ResolvedSetting, readConfiguration } from "./resolve.js";
import { parseSetting, type SettingName } from "./setting.js";

/** The settings that are the default of an option with their name. */
const OPTIONS: ReadonlySet<SettingName> = new Set([
  "port",
  "baud",
  "reset",
  "chipSize",
  "before",
  "after",
  "connectAttempts",
]);
/** Commands that take the package of the settings where none is named. */
const TAKES_PACKAGE: ReadonlySet<string> = new Set(["flash", "plan"]);

/** Commands for which a board's settings are not meant: what an agent lends is typed. */
const TAKES_NONE: ReadonlySet<string> = new Set(["agent"]);

/**
 * Gives a command the settings for the options that were not typed. A command that has none of them reads no file, so that a
 * broken one cannot stop it.
 * @throws FlasherError those of `readConfiguration`; `setting-invalid`
 */
export async function applySettings(world: World, command: Program): Promise<void> {
  const names = command.options.map((option) => option.attributeName());
  if (TAKES_NONE.has(command.name())) return;
  if (!names.some((name) => OPTIONS.has(name as SettingName))) return;
  const { settings } = await readConfiguration(world);
  for (const resolved of settings) applyOne(command, names, resolved);
}

function applyOne(command: Program, names: readonly string[], resolved: ResolvedSetting): void {
  const { setting, texts } = resolved;
  const [inForce] = texts;
  if (inForce === undefined) return;
  const value = () => parseSetting(setting, inForce.text, placeOf(inForce.source));
  if (setting.name === "package") {
    if (TAKES_PACKAGE.has(command.name())) namePackage(command, () => String(value()));
    return;
  }
  // Its rate is the firmware's own, and its reset starts the firmware.
  if (command.name() === "console" && setting.name !== "port") return;
  const typed = command.getOptionValueSource(setting.name) === "cli";
  if (typed || !names.includes(setting.name)) return;
  command.setOptionValueWithSource(setting.name, value(), "config");
}

/** A variadic argument is a list, and empty where nothing was typed. */
function namePackage(command: Program, path: () => string): void {
  const [inputs] = command.processedArgs;
  if (inputs === undefined || inputs.length === 0) command.processedArgs[0] = [path()];
}
