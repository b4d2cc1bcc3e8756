/** `flashwright config`. @module */
import type { OperationResult } from "@flashwright/core";
import { placeOf, type ResolvedSetting, readConfiguration } from "../config/resolve.js";
import { parseSetting } from "../config/setting.js";
import type { Context } from "../context.js";

/** What a setting is, and where that comes from. */
export interface SettingReport {
  readonly name: string;
  /** Absent: nobody has set it. */
  readonly value?: string | number;
  readonly source: { readonly kind: "default" } | ResolvedSetting["texts"][number]["source"];
  /** What the setting is where nobody sets it. */
  readonly byDefault: string;
  /** What stands elsewhere and does not count. */
  readonly overruled: ResolvedSetting["texts"];
}

/** Says what is in force. @throws FlasherError those of `readConfiguration`; `setting-invalid` */
export async function config({ world, emit }: Context): Promise<OperationResult> {
  const { file, settings } = await readConfiguration(world);
  emit({
    type: "config",
    folder: world.currentFolder,
    ...(file === undefined ? {} : { file }),
    settings: settings.map(reportOf),
  });
  return { code: "config-shown", params: {} };
}

function reportOf({ setting, texts }: ResolvedSetting): SettingReport {
  const { name, byDefault } = setting;
  const [inForce, ...overruled] = texts;
  if (inForce === undefined) return { name, source: { kind: "default" }, byDefault, overruled };
  const value = parseSetting(setting, inForce.text, placeOf(inForce.source));
  return { name, value, source: inForce.source, byDefault, overruled };
}
