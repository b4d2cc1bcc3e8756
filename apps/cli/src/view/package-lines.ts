/** A firmware package in lines: what it is, for which map, and what is odd about it. @module */
import { formatOffset, formatStatement } from "@flashwright/core";
import { firmwareName, sizeInAllNames } from "@flashwright/core/maps";
import type { PackageSummary } from "../cli-event.js";
import type { Colours } from "./colour.js";
import { clean, shortSize, table, wrap } from "./text.js";

/** One line of identity, one for its map, a row a part, then the findings. */
export function packageLines(firmware: PackageSummary, width: number, colours: Colours): string[] {
  const { name, linkedMap, parts, findings } = firmware;
  const map = linkedMap === undefined ? [] : [`  linked for ${sizeInAllNames(linkedMap)}`];
  const rows = parts.map((part) => [
    `  ${placeOf(part)}`,
    shortSize(part.size),
    clean(part.name),
    part.spare === true ? "not written" : "",
  ]);
  const colour = { error: colours.red, warning: colours.yellow, note: colours.cyan };
  const remarks = findings.flatMap((finding) => {
    const [first, ...rest] = wrap(`${finding.severity}: ${clean(formatStatement(finding))}`, width, 2);
    const at = finding.severity.length + 1;
    return [colour[finding.severity](first.slice(0, at)) + first.slice(at), ...rest];
  });
  const title = `Package  ${firmwareName(firmware.firmware)} from ${clean(name)}`;
  return [title, ...map, ...table(rows, [1]), ...remarks];
}

/** `0x00001000`, or `end-0x4000` where the map decides. */
function placeOf({ place }: PackageSummary["parts"][number]): string {
  return place.from === "start" ? formatOffset(place.offset) : `end-0x${place.offset.toString(16)}`;
}
