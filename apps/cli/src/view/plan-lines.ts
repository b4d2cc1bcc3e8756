/** A plan in lines: every byte that will change, and what becomes of those around. @module */
import {
  contains,
  type FlashPlan,
  formatOffset,
  formatStatement,
  type Region,
  regionEnd,
} from "@flashwright/core";
import type { Colours } from "./colour.js";
import { clean, shortSize, table } from "./text.js";

const FATES = {
  kept: "kept: read and written again",
  blank: "blank",
  cleared: "cleared",
  lost: "LOST",
} as const;

interface Row {
  readonly cells: readonly string[];
  readonly colour: (text: string) => string;
}

/** Images, what is erased and written for them, and the fate of what shares their sectors. */
export function planLines(plan: FlashPlan, colours: Colours): string[] {
  const rows: Row[] = [];
  const add = (what: string, region: Region, name: string, colour: Row["colour"] = String) =>
    rows.push({ cells: [what, span(region), shortSize(region.size), name], colour });
  if (plan.eraseChip) add("erase", { offset: 0, size: plan.flashSize }, "the whole chip, first");
  for (const write of plan.writes) {
    // By place: a file may be written to several places under one name.
    const images = plan.images.filter((image) => contains(write.region, image));
    // Several names in one row would be wider than a terminal, and have rows of their own.
    add("write", write.region, images.length === 1 ? clean(images[0].name) : `${images.length} files`);
    if (images.length > 1) for (const image of images) add("  image", image, clean(image.name));
    const fateColours = {
      kept: colours.yellow,
      blank: colours.dim,
      cleared: colours.dim,
      lost: colours.red,
    };
    for (const { region, fate } of write.fills) add("  around", region, FATES[fate], fateColours[fate]);
  }
  const lines = table(
    rows.map(({ cells }) => cells),
    [2],
  ).map((line, index) => rows[index].colour(line));
  const changes = plan.images.flatMap(({ name, headerChanges }) =>
    headerChanges.map((change) => `${clean(name)}: ${formatStatement(change)}`),
  );
  return [...lines, ...changes];
}

/** A region as it is read aloud: first and last byte. */
export function span(region: Region): string {
  return `${formatOffset(region.offset)}..${formatOffset(regionEnd(region) - 1)}`;
}
