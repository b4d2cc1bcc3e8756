/**
 * A layout as a drawing: the whole chip to scale, and beside it every region large enough to read.
 *
 * @module
 */
import { type Region, regionEnd } from "../flash/region.js";
import { describe } from "../messages/catalogue.js";
import { regionWords } from "./region-words.js";
import { drawColumn } from "./render/column.js";
import { type DrawnMap, drawnRegions } from "./render/drawn-map.js";
import { fitWords } from "./render/fit-words.js";
import { columnWidth, type Geometry, geometryFor } from "./render/geometry.js";
import { mapIn } from "./render/map-window.js";
import { isAlarm, type Mark } from "./render/marks.js";
import { placeRows } from "./render/rows.js";
import { styleSheet, type Theme } from "./render/style.js";
import { element, escapeXml } from "./render/svg.js";
import { smallWidth } from "./render/words.js";

/** How it is drawn. */
export interface RenderOptions extends Omit<DrawnMap, "layout"> {
  /** A second column beside the first: what it will be after a plan has run. */
  readonly beside?: DrawnMap;
  /** `auto` unless it is given. */
  readonly theme?: Theme;
  /** Name of the root element, and start of all others; give each drawing in one page its own. Letters, digits, dashes. */
  readonly id?: string;
  /** For a narrow screen: less words beside each region. */
  readonly compact?: boolean;
  /** Only this part of the flash, as high as all of it would be. */
  readonly window?: Region;
}

const LEGEND = 30;
const LEGEND_GAP = 20;
const LEGEND_ENTRY = 145;
const LEGEND_TEXT = 26;

/**
 * The drawing, as an SVG document without references to anything outside of it. The same input gives the same text.
 * @throws RangeError for an `id` that is no name, since it becomes part of a style sheet
 */
export function renderMap(layout: DrawnMap["layout"], options: RenderOptions = {}): string {
  const { beside, theme = "auto", id = "flash-map", compact = false, window, ...first } = options;
  if (!/^[A-Za-z][\w-]*$/.test(id)) throw new RangeError(`not a name: ${id}`);
  const whole: readonly DrawnMap[] = [{ layout, ...first }, ...(beside ? [beside] : [])];
  const maps = window === undefined ? whole : whole.map((map) => mapIn(window, map));
  const geometry = fitWords(geometryFor(compact), maps);
  const { margin } = geometry;
  const gap = geometry.isNarrow ? 16 : 36;
  const height = Math.max(...maps.map((map) => placeRows(drawnRegions(map)).height));
  const columns = maps.map((map, index) =>
    drawColumn(map, {
      id,
      left: margin + index * (columnWidth(geometry) + gap),
      top: margin,
      height,
      geometry,
      span: window ?? { offset: 0, size: map.layout.flashSize },
    }),
  );
  const marks = [...new Set(columns.flatMap((column) => column.marks))];
  const width = 2 * margin + maps.length * columnWidth(geometry) + (maps.length - 1) * gap;
  const bottom = margin + Math.max(...columns.map((column) => column.height));
  const drawnLegend = legend(marks, { id, top: bottom + LEGEND_GAP, width, geometry });
  const total = bottom + LEGEND_GAP + drawnLegend.height;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      id,
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      width,
      height: total,
      viewBox: `0 0 ${width} ${Math.ceil(total)}`,
    },
    element("title", { id: `${id}-title` }, escapeXml(titleOf(maps))),
    element("desc", { id: `${id}-desc` }, escapeXml(maps.map(describeMap).join(" "))),
    styleSheet(id, theme),
    element("rect", { width: "100%", height: "100%", class: "ground" }),
    ...columns.map((column) => column.markup),
    ...drawnLegend.markup,
  );
}

function titleOf(maps: readonly DrawnMap[]): string {
  const titles = maps.map(({ title }) => title).filter((title) => title !== undefined);
  return titles.length > 0 ? titles.join(" / ") : describe("map-drawing", {}).title!;
}

/** All regions in words, for whoever cannot see the drawing. */
function describeMap(map: DrawnMap): string {
  const lines = drawnRegions(map).map((region) => {
    const { name } = regionWords(region.id);
    return describe("map-drawing-region", { name, offset: region.offset, end: regionEnd(region) }).message;
  });
  return [map.title, ...lines].filter((line) => line !== undefined).join(" ");
}

function legend(
  marks: readonly Mark[],
  place: { readonly id: string; readonly top: number; readonly width: number; readonly geometry: Geometry },
): { readonly markup: readonly string[]; readonly height: number } {
  const { id, top, width, geometry } = place;
  const words = marks.map((mark) => describe(`map-legend-${mark}`, {}).title!);
  const entry = Math.max(LEGEND_ENTRY, ...words.map((text) => LEGEND_TEXT + smallWidth(text)));
  const perRow = Math.max(1, Math.floor((width - 2 * geometry.margin) / entry));
  const markup = marks.flatMap((mark, index) => {
    const x = geometry.margin + (index % perRow) * entry;
    const y = top + Math.floor(index / perRow) * LEGEND;
    // Grey, since any region can bear a mark; dark enough for those that are drawn in the colour of the ground.
    const owner = isAlarm(mark) ? "owner-unused" : "owner-reserved";
    return [
      element("rect", { x, y, width: 18, height: 14, class: owner }),
      element("rect", { x, y, width: 18, height: 14, fill: `url(#${id}-${mark})` }),
      element("text", { x: x + LEGEND_TEXT, y: y + 11, class: "small" }, escapeXml(words[index]!)),
    ];
  });
  return { markup, height: Math.ceil(marks.length / perRow) * LEGEND };
}
