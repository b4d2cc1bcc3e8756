/** Settings in lines. @module */
import { basename } from "node:path";
import type { CliEvent } from "../cli-event.js";
import type { SettingReport } from "../commands/config.js";
import type { SettingSource } from "../config/resolve.js";
import { CONFIG_FILE } from "../config/schema.js";
import type { Colours } from "./colour.js";
import { clean, table } from "./text.js";

/** The file, then a line a setting with what is in force and where from; below it what is overruled. */
export function configLines(event: Extract<CliEvent, { type: "config" }>, colours: Colours): string[] {
  const { file, folder, settings } = event;
  const head =
    file === undefined
      ? `No ${CONFIG_FILE} in ${clean(folder)} or above.`
      : `Settings of ${clean(file)} and the environment:`;
  return [head, ...settingLines(settings, colours)];
}

function settingLines(settings: readonly SettingReport[], colours: Colours): string[] {
  const rows = settings.flatMap(({ name, value, source, byDefault, overruled }) => [
    {
      cells: [`  ${name}`, clean(String(value ?? byDefault)), wordsOf(source)],
      isQuiet: source.kind === "default",
    },
    ...overruled.map((other) => ({
      cells: ["", clean(other.text), `${wordsOf(other.source)}, overruled`],
      isQuiet: true,
    })),
  ]);
  const lines = table(rows.map(({ cells }) => cells));
  return lines.map((line, index) => (rows[index].isQuiet ? colours.dim(line) : line));
}

function wordsOf(source: SettingReport["source"]): string {
  if (source.kind === "default") return "default";
  return source.kind === "environment" ? source.name : fileWords(source);
}

/** The head has the whole path. */
function fileWords({ name, line }: Extract<SettingSource, { kind: "file" }>): string {
  return `${clean(basename(name))}, line ${line}`;
}
