/** A layout in lines: what lies where, what it holds now, and what erasing it would cost. @module */
import { describe, formatStatement } from "@flashwright/core";
import {
  type Erasure,
  type FlashLayout,
  flashMap,
  type LayoutRegion,
  layoutTitle,
  type MapJudgement,
} from "@flashwright/core/maps";
import type { CliEvent, KnownLayout, RegionContent } from "../cli-event.js";
import type { Colours } from "./colour.js";
import { ownerColour, ownerLegend, ownerSign } from "./owner-colour.js";
import { span } from "./plan-lines.js";
import { clean, shortSize, table, wrap } from "./text.js";

type LayoutEvent = Extract<CliEvent, { type: "layout" }>;

const ERASING: Readonly<Record<Erasure, string>> = {
  harmless: "harmless",
  recreated: "comes back",
  "loses-data": "loses data",
  "breaks-boot": "breaks boot",
};

const CONTENTS: Readonly<Record<RegionContent["content"], string>> = {
  blank: "blank",
  zeros: "zeros",
  data: "data",
  partly: "partly",
  unseen: "?",
};

/** The layout as a table, what would go wrong under its map, and what its regions are for. */
export function layoutLines(
  { layout, contents, judgement }: LayoutEvent,
  width: number,
  colours: Colours,
): string[] {
  const rows = layout.regions.map((region) => cellsOf(region, contents));
  const head = ["", "Offset", "Size", "Region", ...(contents === undefined ? [] : ["Now"]), "Erasing it"];
  const [heading, ...lines] = table([head, ...rows], [2]);
  const painted = lines.map((line, index) => ownerColour(layout.regions[index].owner, colours)(line));
  const owners = layout.regions.map(({ owner }) => owner);
  return [
    ...titleLines(layout, colours),
    colours.dim(heading),
    ...painted,
    `Signs: ${ownerLegend(owners, colours)}${contents === undefined ? "" : "; ? not looked at"}`,
    ...hazardLines(judgement?.hazards ?? [], width, colours),
    "",
    ...purposeLines(layout.regions, width),
  ];
}

/** Each firmware as `map --layout` takes it, and the versions in which its layout changed. */
export function knownLayoutLines(known: readonly KnownLayout[]): string[] {
  const rows = known.map(({ layout, linkedMap, versions, changes }) => {
    const map = linkedMap === undefined ? "" : (flashMap(linkedMap)?.name ?? "");
    const since = versions.since === undefined ? "" : `since ${versions.since}`;
    const changed = changes.length === 0 ? "" : `changed in ${changes.join(", ")}`;
    return [layout, map, [since, changed].filter((text) => text !== "").join(", ")];
  });
  return table([["--layout", "Linked for", "Versions"], ...rows]);
}

function hazardLines(hazards: MapJudgement["hazards"], width: number, colours: Colours): string[] {
  const label = {
    fatal: colours.red("FATAL"),
    limiting: colours.yellow("limit"),
    minor: colours.cyan("note "),
  };
  return hazards.flatMap(({ what, effect }) => {
    const [first, ...rest] = wrap(clean(formatStatement(what)), width - 7, 0);
    return [`${label[effect]}  ${first}`, ...rest.map((line) => `       ${line}`)];
  });
}

/** What regions are for, once for all that have the same owner. */
function purposeLines(regions: readonly LayoutRegion[], width: number): string[] {
  const shown = regions.filter(
    ({ owner }, index) => regions.findIndex((one) => one.owner === owner) === index,
  );
  const column = Math.max(...shown.map(({ id }) => id.length)) + 2;
  return shown.flatMap(({ id, owner }) => {
    const { title, message } = describe(`region-${owner}`, {});
    return wrap(`${id.padEnd(column)}${title}: ${message}`, width, column);
  });
}

function titleLines(layout: FlashLayout, colours: Colours): string[] {
  const title = `${layoutTitle(layout)}, ${shortSize(layout.flashSize)} of flash`;
  const note = "The version is not known: this is the layout of the newest.";
  return [colours.bold(clean(title)), ...(layout.versionAssumed === true ? [note] : [])];
}

function cellsOf(region: LayoutRegion, contents: readonly RegionContent[] | undefined): string[] {
  const known = contents?.find(({ offset, id }) => offset === region.offset && id === region.id);
  const now = contents === undefined ? [] : [CONTENTS[known?.content ?? "unseen"]];
  const erasing = known?.content === "blank" ? "nothing" : ERASING[region.erasure];
  return [ownerSign(region.owner), span(region), shortSize(region.size), region.id, ...now, erasing];
}
