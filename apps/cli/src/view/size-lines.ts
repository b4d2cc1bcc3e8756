/** Flash sizes in every tool's words: `map --names`. @module */
import { type FlashSize, formatOffset, formatStatement, megabitsOf } from "@flashwright/core";
import { mapCodeOf } from "@flashwright/core/maps";
import type { Colours } from "./colour.js";
import { shortSize, table, wrap } from "./text.js";

/** A row for each size; a map without a second slot has a dash. */
export function sizeLines(sizes: readonly FlashSize[], width: number, colours: Colours): string[] {
  const head = ["Map", "Name", "Old name", "GUI tool", "Bits", "Bytes", "Slots, KB", "Second slot"];
  const rows = sizes.map((size) => [
    String(mapCodeOf(size)),
    size.name,
    size.megabitName,
    size.guiName,
    `${megabitsOf(size)} Mbit`,
    shortSize(size.size),
    size.split,
    size.user2Offset === undefined ? "-" : formatOffset(size.user2Offset),
  ]);
  const [heading, ...lines] = table([head, ...rows], [0, 4, 5]);
  return [colours.bold(heading), ...lines, "", ...confusions(width, colours)];
}

/** What is taken for something else, worst first. */
const CONFUSIONS = ["sizes-split", "sizes-units", "sizes-detect", "sizes-no-map"] as const;

function confusions(width: number, colours: Colours): string[] {
  return CONFUSIONS.flatMap((code) => {
    const [first, ...rest] = wrap(formatStatement({ code, params: {} }), width, 2);
    return [colours.yellow(first), ...rest.map(colours.yellow)];
  });
}
