/**
 * One column of a drawing: scale, bar to scale, leaders, bar of rows, words.
 *
 * @module
 */
import { regionEnd } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";
import { type DrawnMap, drawnRegions } from "./drawn-map.js";
import { type Mark, marksOf } from "./marks.js";
import { depths, placeRows, type Row, toScale } from "./rows.js";
import { filled, leader, type Shape } from "./shapes.js";
import { element, escapeXml } from "./svg.js";
import { rowWords, sizeText, tooltip } from "./words.js";

/** A column, drawn. */
export interface DrawnColumn {
  readonly markup: string;
  /** Pixels from its top, heading included. */
  readonly height: number;
  /** The hatchings that it uses. */
  readonly marks: readonly Mark[];
}

/** Where a column goes. */
export interface ColumnPlace {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  /** Pixels of the bars, at least. */
  readonly height: number;
}

const SCALE = 58;
const BAR = 44;
const LEADER = 46;
const BLOCK = 30;
const TEXT = 330;
const HEADING = 30;
/** Pixels of a column. */
export const COLUMN_WIDTH = SCALE + BAR + LEADER + BLOCK + TEXT;
/** A sector of a large chip would be thinner than a hair; a sector of a region's block is to be seen as well. */
const THINNEST = 1.2;
const THINNEST_IN_BLOCK = 3;
/** Pixels by which a region that lies on another is narrower. */
const INSET = 12;

/** Draws a column. */
export function drawColumn(map: DrawnMap, place: ColumnPlace): DrawnColumn {
  const { layout, title } = map;
  const { rows, height } = placeRows(drawnRegions(map), place.height);
  const heading = title === undefined ? 0 : HEADING;
  const depth = depths(layout.regions);
  const drawn = rows.map((row, index) => drawRegion(row, map, { id: place.id, height, depth: depth[index] }));
  const markup = element(
    "g",
    { transform: `translate(${place.left} ${place.top + heading})` },
    ...(title === undefined
      ? []
      : [element("text", { x: 0, y: 14 - HEADING, class: "heading" }, escapeXml(title))]),
    ...ticks(layout.flashSize, height),
    // Words last, so that no neighbour's block covers them.
    ...drawn.map(({ shapes }) => shapes),
    ...drawn.map(({ words }) => words),
  );
  return { markup, height: heading + height, marks: drawn.flatMap(({ marks }) => marks) };
}

/** Sizes at quarters of the flash. */
function ticks(flashSize: number, height: number): string[] {
  return [0, 1, 2, 3, 4].flatMap((quarter) => {
    const y = (height * quarter) / 4;
    const text = sizeText((flashSize * quarter) / 4);
    return [
      element("line", { x1: SCALE - 6, y1: y, x2: SCALE, y2: y, class: "line" }),
      element("text", { x: SCALE - 10, y: y + 4, "text-anchor": "end", class: "small" }, text),
    ];
  });
}

interface DrawnRegion {
  readonly shapes: string;
  readonly words: string;
  readonly marks: readonly Mark[];
}

/** @param depth how many regions it lies on; `undefined` for one that has no place on the chip */
function drawRegion(
  row: Row,
  map: DrawnMap,
  { id, height, depth }: { readonly id: string; readonly height: number; readonly depth: number | undefined },
): DrawnRegion {
  const { region } = row;
  const marked = marksOf(region, map);
  const isBeyond = depth === undefined;
  const filling = { map, id, marked, isBeyond };
  const block = { x: SCALE + BAR + LEADER, y: row.top, width: BLOCK, height: row.height };
  const onChip = isBeyond ? undefined : barShape(region, { flashSize: map.layout.flashSize, height, depth });
  const shapes = element(
    "g",
    {},
    element("title", {}, escapeXml(tooltip(region))),
    ...(onChip === undefined
      ? []
      : [leader(onChip, block, region), ...filled(onChip, region, { ...filling, thinnest: THINNEST })]),
    ...filled(block, region, { ...filling, thinnest: THINNEST_IN_BLOCK }),
  );
  const words = rowWords(row, { x: block.x + BLOCK + 12, imageEnd: map.imageEnd, isBeyond });
  return { shapes, words, marks: marked.map(({ mark }) => mark) };
}

/** A region that lies on others is drawn narrower, so that those stay in sight. */
function barShape(
  region: LayoutRegion,
  {
    flashSize,
    height,
    depth,
  }: { readonly flashSize: number; readonly height: number; readonly depth: number },
): Shape {
  const y = toScale(region.offset, flashSize, height);
  const bottom = toScale(regionEnd(region), flashSize, height);
  const inset = Math.min(depth * INSET, BAR - INSET);
  return { x: SCALE + inset, y, width: BAR - inset, height: Math.max(bottom - y, THINNEST) };
}
