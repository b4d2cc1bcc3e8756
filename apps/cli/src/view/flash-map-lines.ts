/** The map of the flash: what lies where, in a bar and in lines. @module */
import { formatOffset, intersect } from "@flashwright/core";
import type { MapOwner, MapRegion } from "../cli-event.js";
import type { Colours } from "./colour.js";
import { span } from "./plan-lines.js";
import { clean, shortSize, table } from "./text.js";

/** Strongest first: a cell of the bar shows the strongest of what lies in it, so that small things are seen. */
const OWNERS: readonly MapOwner[] = ["written", "kept", "blank"];
const GLYPHS: Readonly<Record<MapOwner, string>> = { written: "#", kept: "+", blank: "." };
const WORDS: Readonly<Record<MapOwner, string>> = {
  written: "written now",
  kept: "kept",
  blank: "blank",
};
const CELLS_PER_ROW = 64;

/** A bar with one cell for each 1/128 of the flash, then every region. */
export function flashMapLines(flashSize: number, regions: readonly MapRegion[], colours: Colours): string[] {
  const cell = flashSize / (2 * CELLS_PER_ROW);
  const bar = [0, 1].map((line) => {
    const start = line * CELLS_PER_ROW;
    const cells = Array.from({ length: CELLS_PER_ROW }, (_, index) => (start + index) * cell).map((offset) =>
      paint(strongest({ offset, size: cell }, regions), colours),
    );
    return `  ${formatOffset(start * cell)}  ${cells.join("")}`;
  });
  const used = OWNERS.filter((owner) => regions.some((region) => region.owner === owner));
  const legend = `  one cell = ${shortSize(cell)}: ${used.map((owner) => `${paint(owner, colours)} ${WORDS[owner]}`).join(", ")}`;
  const rows = regions.map(({ region, name }) => [span(region), shortSize(region.size), clean(name)]);
  const lines = table(rows, [1]).map((line, index) => `  ${paint(regions[index].owner, colours)} ${line}`);
  return [...bar, legend, ...lines];
}

function strongest(cell: MapRegion["region"], regions: readonly MapRegion[]): MapOwner {
  const here = regions.filter(({ region }) => intersect(region, cell) !== undefined);
  return OWNERS.find((owner) => here.some((region) => region.owner === owner)) ?? "blank";
}

function paint(owner: MapOwner, colours: Colours): string {
  const colour = { written: colours.green, kept: colours.yellow, blank: colours.dim };
  return colour[owner](GLYPHS[owner]);
}
