/** The demonstration in lines: what is told, what is typed, and what the firmware's console answers. @module */
import type { CliEvent } from "../cli-event.js";
import { shellCommand } from "../doctor/fix-command.js";
import type { Colours } from "./colour.js";
import { clean, wrap } from "./text.js";

/** Events that only the demonstration has, but for the end of a command. */
export type DemoEvent = Extract<CliEvent, { type: "act" | "told" | "typed" | "dialogue" }>;

/** @param width characters in a line */
export function demoLines(event: DemoEvent, width: number, colours: Colours): string[] {
  switch (event.type) {
    case "act":
      return ["", colours.bold(`ACT ${event.act}: ${event.title}`)];
    case "told":
      return ["", ...wrap(clean(event.text), width, 0).map(colours.cyan)];
    case "typed":
      return ["", ...continued(shellCommand(event.command), width).map(colours.bold)];
    case "dialogue":
      return [
        `  ${colours.bold(clean(`>${event.typed}`))}`,
        ...event.lines.map((line) => `  ${leading(line)}${colours.dim(clean(line))}`),
      ];
  }
}

/** In as many lines as it takes, each of which a shell takes for a part of the whole. */
function continued(command: string, width: number): string[] {
  const lines = wrap(`$ ${command}`, width - 2, 4);
  return lines.map((line, index) => (index < lines.length - 1 ? `${line} \\` : line));
}

/** A firmware's drawing of its name begins with blanks. */
function leading(line: string): string {
  return " ".repeat(line.length - line.trimStart().length);
}
