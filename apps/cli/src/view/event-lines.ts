/** Events that need no memory of those before, in lines. @module */
import type { CliEvent } from "../cli-event.js";
import type { MissingPackage } from "../doctor/fix-command.js";
import { shellCommand } from "../doctor/fix-command.js";
import { type AgentCliEvent, agentLines } from "./agent-lines.js";
import { backupLines } from "./backup-lines.js";
import type { Colours } from "./colour.js";
import { configLines } from "./config-lines.js";
import { noteLines, valueLines } from "./console-lines.js";
import { type DemoEvent, demoLines } from "./demo-lines.js";
import { diagnosisLines, findingTitles } from "./finding-lines.js";
import { imageLines } from "./image-lines.js";
import { knownLayoutLines, layoutLines } from "./layout-lines.js";
import { packageLines } from "./package-lines.js";
import { span } from "./plan-lines.js";
import { portChangeLine, portsLines } from "./ports-lines.js";
import { sizeLines } from "./size-lines.js";
import { clean, shortSize, wrap } from "./text.js";

/** Events that only a command line has, but for the verdict on a boot. */
export type OwnEvent = Extract<
  CliEvent,
  {
    type:
      | AgentCliEvent["type"]
      | DemoEvent["type"]
      | "ports"
      | "port"
      | "config"
      | "listening"
      | "client"
      | "saved"
      | "check"
      | "image"
      | "part"
      | "package"
      | "command"
      | "surveying"
      | "diagnosis"
      | "layout"
      | "layouts"
      | "sizes"
      | "backup"
      | "restore"
      | "erasure"
      | "console-line"
      | "exception"
      | "stack"
      | "value"
      | "firmware-check";
  }
>;

const LOOKING: Readonly<Record<Extract<CliEvent, { type: "surveying" }>["depth"], string>> = {
  quick: "Looking at the flash",
  deep: "Looking at all of the flash",
  compare: "Comparing the flash with what is to be written",
};

/** @param width characters in a line */
export function eventLines(event: OwnEvent, width: number, colours: Colours): string[] {
  switch (event.type) {
    case "ports":
      return portsLines(event.ports);
    case "port":
      return [portChangeLine(event, colours)];
    case "config":
      return configLines(event, colours);
    case "listening":
      return [`The virtual ${clean(event.board)} is at ${clean(event.address)}; Ctrl-C stops it.`];
    case "client":
      return [`${clean(event.client)} ${event.change}`];
    case "saved":
      return [colours.dim(`flash saved to ${clean(event.file)}`)];
    case "check":
      return checkLines(event, width, colours);
    case "agent":
    case "pairing":
    case "pairings":
    case "request":
    case "port-opened":
    case "port-refused":
    case "port-closed":
      return agentLines(event, colours);
    case "backup":
    case "restore":
    case "erasure":
      return backupLines(event, width, colours);
    case "image":
      return imageLines(event, width, colours);
    case "part":
      return [`  ${span(event)}  ${shortSize(event.size).padStart(7)}  ${clean(event.file)}`];
    case "package":
      return packageLines(event, width, colours);
    case "surveying":
      return [colours.dim(LOOKING[event.depth])];
    case "diagnosis":
      return [
        ...(event.before === undefined ? diagnosisLines : findingTitles)(event, width, colours),
        ...missingLines(event.missing, width),
        ...commandLines("To put it right, run:", event.command, colours),
        ...commandLines("Nothing has to be done. If you want it otherwise, run:", event.offered, colours),
      ];
    case "act":
    case "told":
    case "typed":
    case "dialogue":
      return demoLines(event, width, colours);
    case "command":
      return commandLines("To flash them, run:", event.command, colours);
    case "layout":
      return layoutLines(event, width, colours);
    case "layouts":
      return knownLayoutLines(event.known);
    case "console-line":
      return [clean(event.line)];
    case "exception":
    case "stack":
      return noteLines(event, width, colours);
    case "firmware-check":
      return [];
    case "value":
      return valueLines(event.value);
    case "sizes":
      return sizeLines(event.sizes, width, colours);
  }
}

/** What the command below needs first. */
function missingLines(missing: MissingPackage | undefined, width: number): string[] {
  if (missing === undefined) return [];
  const { name, from } = missing;
  if (name === undefined || from === undefined) {
    return wrap("You need the package of your firmware; put its path in place of <package>.", width, 0);
  }
  return wrap(`You need ${clean(name)} for it, which is at ${from}`, width, 0);
}

/** Never broken into several lines: it is there to be copied. */
function commandLines(title: string, command: readonly string[] | undefined, colours: Colours): string[] {
  if (command === undefined) return [];
  return [title, `  ${colours.bold(clean(shellCommand(command)))}`];
}

function checkLines(
  { name, outcome, detail }: Extract<CliEvent, { type: "check" }>,
  width: number,
  colours: Colours,
): string[] {
  const colour = { passed: colours.green, failed: colours.red, skipped: colours.yellow }[outcome];
  const lines = wrap(`${clean(name)}: ${clean(detail)}`, width - 9, 2);
  return lines.map((line, index) =>
    index === 0 ? `${colour(outcome.padEnd(7))}  ${line}` : `         ${line}`,
  );
}
