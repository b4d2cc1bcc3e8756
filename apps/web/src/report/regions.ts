/** The regions of a chip in words. @module */
import { formatOffset, shortSize } from "@flashwright/core";
import type { RegionState, Survey } from "@flashwright/core/diagnose";
import { ownerColours, regionWords } from "@flashwright/core/maps";
import { words } from "../words/words.js";
import type { RegionReport } from "./reports.js";

const PROGRAMS: ReadonlySet<string> = new Set(["boot", "user1", "user2", "app"]);

/** By rising offset; empty where the firmware is not known. */
export function regionReports({
  layout,
  regions: states,
}: Pick<Survey, "layout" | "regions">): RegionReport[] {
  return (layout?.regions ?? []).map((region) => {
    const { id, owner, offset, size, erasure } = region;
    const content = contentOf(region, states);
    return {
      id,
      colour: ownerColours[owner],
      offset,
      size,
      ...regionWords(id),
      range: rangeOf(region),
      sizeText: shortSize(size),
      content: words.contents[content],
      erasing: content === "blank" ? words.erasing.nothing : words.erasing[erasure],
      isErasable: !PROGRAMS.has(owner) && content !== "blank",
    };
  });
}

/** First and last byte. */
export function rangeOf({ offset, size }: { readonly offset: number; readonly size: number }): string {
  return `${formatOffset(offset)}–${formatOffset(offset + size - 1)}`;
}

function contentOf(
  { id, offset }: { readonly id: string; readonly offset: number },
  states: readonly RegionState[],
): RegionState["content"] {
  return states.find(({ region }) => region.id === id && region.offset === offset)?.content ?? "unseen";
}
