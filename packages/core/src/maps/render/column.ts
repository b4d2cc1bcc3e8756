/**
 * One column of a drawing: scale, bar to scale, leaders, bar of rows, words.
 *
 * @module
 */

import { SECTOR_SIZE } from "../../flash/geometry.js";
import type { Region } from "../../flash/region.js";
import { alignDown, regionEnd } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";
import { type DrawnMap, drawnRegions } from "./drawn-map.js";
import type { Geometry } from "./geometry.js";
import { type Mark, marksOf } from "./marks.js";
import { depths, placeRows, type Row, toScale } from "./rows.js";
import { filled, leader, type Shape } from "./shapes.js";
import { element, escapeXml } from "./svg.js";
import { offsetText, rowWords, sizeText, tooltip, WORDS_GAP } from "./words.js";

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
  readonly geometry: Geometry;
  /** The bytes from the top of the bars to their bottom: all of the flash, or what somebody looks at closer. */
  readonly span: Region;
}

const HEADING = 30;
/** Sectors that are still to be told apart. */
const MOST_SECTORS = 64;
/** A sector of a large chip would be thinner than a hair; a sector of a region's block is to be seen as well. */
const THINNEST = 1.2;
const THINNEST_IN_BLOCK = 3;
/** Pixels by which a region that lies on another is narrower. */
const INSET = 12;

/** Draws a column. */
export function drawColumn(map: DrawnMap, place: ColumnPlace): DrawnColumn {
  const { layout, title } = map;
  const { geometry, span } = place;
  const { rows, height } = placeRows(drawnRegions(map), place.height);
  const heading = title === undefined ? 0 : HEADING;
  const depth = depths(layout.regions);
  const drawn = rows.map((row, index) => drawRegion(row, map, { ...place, height, depth: depth[index] }));
  const markup = element(
    "g",
    { transform: `translate(${place.left} ${place.top + heading})` },
    ...(title === undefined
      ? []
      : [element("text", { x: 0, y: 14 - HEADING, class: "heading" }, escapeXml(title))]),
    ...ticks(span, layout.flashSize, height, geometry),
    // Words last, so that no neighbour's block covers them.
    ...drawn.map(({ shapes }) => shapes),
    ...drawn.map(({ words }) => words),
    ...sectors(span, height, geometry),
  );
  return { markup, height: heading + height, marks: drawn.flatMap(({ marks }) => marks) };
}

/** Sizes at quarters of the flash; offsets where only a part of it is drawn. */
function ticks(span: Region, flashSize: number, height: number, { scale }: Geometry): string[] {
  const isWhole = span.size === flashSize;
  return [0, 1, 2, 3, 4].flatMap((quarter) => {
    const y = (height * quarter) / 4;
    const offset = span.offset + (span.size * quarter) / 4;
    const text = isWhole ? sizeText(offset) : offsetText(offset);
    return [
      element("line", { x1: scale - 6, y1: y, x2: scale, y2: y, class: "line" }),
      element("text", { x: scale - 10, y: y + 4, "text-anchor": "end", class: "small" }, text),
    ];
  });
}

/** A line between sectors, where there is room for it; each sector says which it is. */
function sectors(span: Region, height: number, { scale, bar }: Geometry): string[] {
  if (span.size > MOST_SECTORS * SECTOR_SIZE) return [];
  const first = alignDown(span.offset, SECTOR_SIZE);
  const count = Math.ceil((span.offset + span.size - first) / SECTOR_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const offset = first + index * SECTOR_SIZE;
    const y = Math.max(0, toScale(offset - span.offset, span.size, height));
    const bottom = Math.min(height, toScale(offset + SECTOR_SIZE - span.offset, span.size, height));
    return element(
      "rect",
      { x: scale, y, width: bar, height: bottom - y, class: "sector", "data-sector": offset },
      element("title", {}, offsetText(offset)),
    );
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
  { id, height, depth, geometry, span }: ColumnPlace & { readonly depth: number | undefined },
): DrawnRegion {
  const { region } = row;
  const marked = marksOf(region, map);
  const isBeyond = depth === undefined;
  const filling = { map, id, marked, isBeyond };
  const { scale, bar, leader: gap, block: width, isNarrow } = geometry;
  const block = { x: scale + bar + gap, y: row.top, width, height: row.height };
  const onChip = isBeyond ? undefined : barShape(region, { span, height, depth, geometry });
  const which = { "data-region": region.id, "data-offset": region.offset, "data-size": region.size };
  const shapes = element(
    "g",
    { class: "region", ...which },
    element("title", {}, escapeXml(tooltip(region))),
    ...(onChip === undefined
      ? []
      : [leader(onChip, block, region), ...filled(onChip, region, { ...filling, thinnest: THINNEST })]),
    ...filled(block, region, { ...filling, thinnest: THINNEST_IN_BLOCK }),
  );
  const words = element(
    "g",
    which,
    rowWords(row, { x: block.x + width + WORDS_GAP, imageEnd: map.imageEnd, isBeyond, isNarrow }),
  );
  return { shapes, words, marks: marked.map(({ mark }) => mark) };
}

/** A region that lies on others is drawn narrower, so that those stay in sight. */
function barShape(
  region: LayoutRegion,
  {
    span,
    height,
    depth,
    geometry: { scale, bar },
  }: Pick<ColumnPlace, "span" | "height" | "geometry"> & { readonly depth: number },
): Shape {
  const y = toScale(region.offset - span.offset, span.size, height);
  const bottom = toScale(regionEnd(region) - span.offset, span.size, height);
  const inset = Math.min(depth * INSET, bar - INSET);
  return { x: scale + inset, y, width: bar - inset, height: Math.max(bottom - y, THINNEST) };
}
