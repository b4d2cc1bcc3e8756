/** Backups, restores and erasing by name, in lines. @module */
import { describe, formatStatement } from "@flashwright/core";
import { WifiSecrets } from "@flashwright/core/backup";
import type { Erasure } from "@flashwright/core/maps";
import type { BackupEvent, ErasurePreview } from "../backup/backup-event.js";
import { shellCommand } from "../doctor/fix-command.js";
import type { Colours } from "./colour.js";
import { span } from "./plan-lines.js";
import { clean, shortSize, table, wrap } from "./text.js";

type EventOf<Type extends BackupEvent["type"]> = Extract<BackupEvent, { type: Type }>;

/** What a person should see of one of these events. */
export function backupLines(event: BackupEvent, width: number, colours: Colours): string[] {
  switch (event.type) {
    case "backup":
      return writtenLines(event, width, colours);
    case "restore":
      return restoreLines(event, width, colours);
    case "erasure":
      return erasureLines(event, width, colours);
  }
}

/** The last lines of a run that saved something unasked; the very last is the command that brings it back. */
export function keptLines({ file }: EventOf<"backup">, width: number): string[] {
  const sentence = wrap(formatStatement({ code: "backup-kept", params: {} }), width, 2);
  return [...sentence, `  ${shellCommand(["restore", clean(file)])}`];
}

function writtenLines(event: EventOf<"backup">, width: number, colours: Colours): string[] {
  const { usedBytes, coveredBytes, wifi, size } = event;
  const params = { used: usedBytes, covered: coveredBytes, size };
  const secret = describe(`backup-wifi-${wifi}`, {});
  const isSecret = wifi === WifiSecrets.held || wifi === WifiSecrets.unknown;
  const isWorthALine = isSecret || (event.before === undefined && usedBytes > 0);
  const warning = isWorthALine ? wrap(secret.message, width, 2) : [];
  const hint = secret.hint === undefined || event.before !== undefined ? [] : wrap(secret.hint, width, 2);
  return [
    ...wrap(formatStatement({ code: "backup-contents", params }), width, 2),
    ...warning.map(isSecret ? colours.yellow : (line) => line),
    ...hint,
  ];
}

function restoreLines({ from, regions }: EventOf<"restore">, width: number, colours: Colours): string[] {
  const title = `Backup of ${from.date}, ${from.mac}`;
  const names = regions.length === 0 ? [] : wrap(`  Regions: ${regions.join(", ")}`, width, 4);
  return [colours.bold(clean(title)), ...names];
}

const COSTS: Readonly<Record<Erasure, string>> = {
  harmless: "nothing is lost",
  recreated: "comes back by itself",
  "loses-data": "is lost",
  "breaks-boot": "the board does not start without it",
};

function erasureLines({ regions }: EventOf<"erasure">, width: number, colours: Colours): string[] {
  const rows = regions.map((region) => [
    region.files === undefined ? region.id : clean(region.files.join(", ")),
    span(region),
    shortSize(region.size),
    region.content === "blank" ? "blank already" : COSTS[region.erasure],
  ]);
  const explained = new Map(regions.map((region) => [region.id, region]));
  return [
    colours.bold("Erase"),
    ...table(rows, [2]).map((line) => `  ${line}`),
    ...[...explained.values()].flatMap((region) => explain(region, width)),
  ];
}

/** What the region is for, in a beginner's words. */
function explain({ owner, files }: ErasurePreview, width: number): string[] {
  if (files !== undefined) {
    const params = { files: files.map(clean) };
    return wrap(formatStatement({ code: "erase-files-only", params }), width, 2);
  }
  const { title, message } = describe(`region-${owner}`, {});
  return wrap(`${title}: ${message}`, width, 2);
}
