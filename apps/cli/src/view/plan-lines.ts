/** A plan in lines: every byte that will change, and what becomes of those around. @module */
import { type FlashPlan, formatOffset, formatStatement, type Region, regionEnd } from "@flashwright/core";
import { clean, shortSize, table } from "./text.js";

const FATES = { kept: "kept: read and written again", blank: "blank", lost: "LOST" } as const;

/** Images, what is erased and written for them, and the fate of what shares their sectors. */
export function planLines(plan: FlashPlan): string[] {
  const rows: string[][] = [];
  if (plan.eraseChip) rows.push(row("erase", { offset: 0, size: plan.flashSize }, "the whole chip, first"));
  for (const write of plan.writes) {
    rows.push(row("write", write.region, write.images.map(clean).join(" + ")));
    for (const image of plan.images.filter(({ name }) => write.images.includes(name))) {
      if (write.images.length > 1) rows.push(row("  image", image, clean(image.name)));
    }
    for (const { region, fate } of write.fills) rows.push(row("  around", region, FATES[fate]));
  }
  const changes = plan.images.flatMap(({ name, headerChanges }) =>
    headerChanges.map((change) => `${clean(name)}: ${formatStatement(change)}`),
  );
  return [...table(rows, [2]), ...changes];
}

/** A region as it is read aloud: first and last byte. */
export function span(region: Region): string {
  return `${formatOffset(region.offset)}..${formatOffset(regionEnd(region) - 1)}`;
}

function row(what: string, region: Region, name: string): string[] {
  return [what, span(region), shortSize(region.size), name];
}
