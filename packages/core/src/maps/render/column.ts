/**
 * One column of a drawing: scale, bar to scale, leaders, bar of rows, words.
 *
 * @module
 */
import { intersect, mergeRegions, type Region, regionBetween, regionEnd } from "../../flash/region.js";
import { describe, formatOffset } from "../../messages/catalogue.js";
import type { LayoutRegion } from "../layout.js";
import type { DrawnMap } from "./drawn-map.js";
import { depths, placeRows, type Row, toScale } from "./rows.js";
import { element, escapeXml } from "./svg.js";

/** Hatchings, which a legend explains. */
export type Mark = "blank" | "unseen" | "damaged" | "conflict";

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
  /** Pixels of the bars. */
  readonly height: number;
}

const SCALE = 58;
const BAR = 44;
const LEADER = 46;
const BLOCK = 30;
const TEXT = 330;
/** Pixels of a column. */
export const COLUMN_WIDTH = SCALE + BAR + LEADER + BLOCK + TEXT;
const HEADING = 30;
/** A sector of a large chip would be thinner than a hair. */
const THINNEST = 1.2;

/** Draws a column. */
export function drawColumn(map: DrawnMap, place: ColumnPlace): DrawnColumn {
  const { layout, title } = map;
  const beyond = layout.beyond ?? [];
  const { rows, height } = placeRows([...layout.regions, ...beyond], place.height);
  const heading = title === undefined ? 0 : HEADING;
  const depth = depths(layout.regions);
  const drawn = rows.map((row, index) =>
    drawRegion(row, map, {
      ...place,
      height,
      depth: depth[index] ?? 0,
      isBeyond: index >= layout.regions.length,
    }),
  );
  const markup = element(
    "g",
    { transform: `translate(${place.left} ${place.top + heading})` },
    ...(title === undefined
      ? []
      : [element("text", { x: 0, y: -HEADING + 14, class: "heading" }, escapeXml(title))]),
    ...scale(layout.flashSize, height),
    // Words last, so that no neighbour's block covers them.
    ...drawn.map(({ shapes }) => shapes),
    ...drawn.map(({ words }) => words),
  );
  return { markup, height: heading + height, marks: drawn.flatMap(({ marks }) => marks) };
}

/** Ticks at quarters of the flash. */
function scale(flashSize: number, height: number): string[] {
  return [0, 1, 2, 3, 4].flatMap((quarter) => {
    const y = (height * quarter) / 4;
    const text = sizeText((flashSize * quarter) / 4);
    return [
      element("line", { x1: SCALE - 6, y1: y, x2: SCALE, y2: y, class: "line" }),
      element("text", { x: SCALE - 10, y: y + 4, "text-anchor": "end", class: "small" }, text),
    ];
  });
}

interface RegionPlace extends ColumnPlace {
  readonly depth: number;
  readonly isBeyond: boolean;
}

interface DrawnRegion {
  readonly shapes: string;
  readonly words: string;
  readonly marks: readonly Mark[];
}

function drawRegion(row: Row, map: DrawnMap, place: RegionPlace): DrawnRegion {
  const { region } = row;
  const marked = marksOf(region, map);
  const bar = barShape(region, map.layout.flashSize, place);
  const block = { x: SCALE + BAR + LEADER, y: row.top, width: BLOCK, height: row.height };
  const shapes = element(
    "g",
    {},
    element("title", {}, escapeXml(tooltip(region))),
    ...(place.isBeyond
      ? []
      : [leader(bar, block, region), ...fill(bar, region, { region, map, place, isBar: true, marked })]),
    ...fill(block, region, { region, map, place, isBar: false, marked }),
  );
  return { shapes, words: words(row, map, place), marks: marked.map(({ mark }) => mark) };
}

interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A region that lies on others is drawn narrower, so that those stay in sight. */
function barShape(region: LayoutRegion, flashSize: number, { height, depth }: RegionPlace): Shape {
  const y = toScale(region.offset, flashSize, height);
  const bottom = toScale(regionEnd(region), flashSize, height);
  const inset = Math.min(depth * 12, BAR - 10);
  return { x: SCALE + inset, y, width: BAR - inset, height: Math.max(bottom - y, THINNEST) };
}

function leader(bar: Shape, block: Shape, { owner }: LayoutRegion): string {
  const right = bar.x + bar.width;
  const points = [
    [right, bar.y],
    [block.x, block.y],
    [block.x, block.y + block.height],
    [right, bar.y + bar.height],
  ];
  return element("polygon", {
    points: points.map(([x, y]) => `${Math.round(x * 100) / 100},${Math.round(y * 100) / 100}`).join(" "),
    class: `leader owner-${owner}`,
  });
}

/** The region's colour, what of it the image leaves lighter, its hatchings, its edge. */
function fill(
  shape: Shape,
  region: LayoutRegion,
  given: {
    readonly map: DrawnMap;
    readonly place: RegionPlace;
    readonly marked: readonly Marked[];
    readonly region: LayoutRegion;
    readonly isBar: boolean;
  },
): string[] {
  const { map, place, marked, isBar } = given;
  const colour = `owner-${region.owner}`;
  const part = (bytes: Region): Shape => ({
    ...shape,
    y: shape.y + ((bytes.offset - region.offset) / region.size) * shape.height,
    height: Math.max((bytes.size / region.size) * shape.height, isBar ? THINNEST : 3),
  });
  const used = usedPart(region, map.imageEnd);
  const hatch = ({ mark, bytes }: Marked) => [
    rectangle(part(bytes), { fill: `url(#${place.id}-${mark})` }),
    ...(mark === "conflict" || mark === "damaged" ? [rectangle(part(bytes), { class: "alarm-edge" })] : []),
  ];
  return [
    rectangle(shape, { class: used === undefined ? colour : `${colour} rest` }),
    ...(used === undefined || used.size === 0 ? [] : [rectangle(part(used), { class: colour })]),
    ...edge(shape, place),
    ...marked.flatMap(hatch),
  ];
}

/** None around what is thinner than two edges: nothing of its colour would be left. */
function edge(shape: Shape, { isBeyond }: RegionPlace): string[] {
  if (isBeyond) return [rectangle(shape, { class: "outline" })];
  return shape.height < 4 ? [] : [rectangle(shape, { class: "edge" })];
}

function rectangle(shape: Shape, style: { readonly class?: string; readonly fill?: string }): string {
  return element("rect", { ...shape, ...style });
}

/** What the image fills of the application's region; `undefined` for other regions, or where its end is not known. */
function usedPart(region: LayoutRegion, imageEnd: number | undefined): Region | undefined {
  if (imageEnd === undefined || (region.owner !== "user1" && region.owner !== "app")) return undefined;
  return regionBetween(region.offset, Math.min(imageEnd, regionEnd(region)));
}

interface Marked {
  readonly mark: Mark;
  readonly bytes: Region;
}

function marksOf(region: LayoutRegion, { layout, states, damaged, conflicts }: DrawnMap): Marked[] {
  const others = [...layout.regions, ...(layout.beyond ?? [])].filter((other) => other !== region);
  const clashes = mergeRegions(
    [...others, ...(conflicts ?? [])].flatMap((other) => intersect(region, other) ?? []),
  );
  const broken = (damaged ?? []).flatMap((bytes) => intersect(region, bytes) ?? []);
  const state = states?.find(
    (known) => known.region.offset === region.offset && known.region.size === region.size,
  );
  const seen: Marked[] =
    state?.content === "blank" || state?.content === "unseen" ? [{ mark: state.content, bytes: region }] : [];
  return [
    ...seen,
    ...clashes.map((bytes) => ({ mark: "conflict" as const, bytes })),
    ...broken.map((bytes) => ({ mark: "damaged" as const, bytes })),
  ];
}

function words(row: Row, { imageEnd }: DrawnMap, { isBeyond }: RegionPlace): string {
  const { region, top } = row;
  const x = SCALE + BAR + LEADER + BLOCK + 12;
  const middle = top + row.height / 2;
  const range = `${formatOffset(region.offset)} – ${formatOffset(regionEnd(region) - 1)}`;
  if (region.owner === "unused") {
    const text = `${nameOf(region)} · ${range} · ${sizeText(region.size)}`;
    return element("text", { x, y: middle + 4, class: "small" }, escapeXml(text));
  }
  const used = usedPart(region, imageEnd);
  const notes = [
    ...(used === undefined ? [] : [describe("map-drawing-used", { used: sizeText(used.size) }).title!]),
    ...(isBeyond ? [describe("map-drawing-beyond", {}).title!] : []),
  ];
  const detail = [range, sizeText(region.size), ...notes].join(" · ");
  return [
    element("text", { x, y: middle - 2, class: "name" }, escapeXml(nameOf(region)), identifier(region)),
    element("text", { x, y: middle + 13, class: "small" }, escapeXml(detail)),
  ].join("");
}

/** The name that commands take, behind the one for people. */
function identifier({ id }: LayoutRegion): string {
  return element("tspan", { class: "small", "font-weight": 400, dx: 7 }, escapeXml(id));
}

function nameOf({ id }: LayoutRegion): string {
  return describe(`region-${id}` as "region-boot", {}).title ?? id;
}

function tooltip(region: LayoutRegion): string {
  const range = `${formatOffset(region.offset)} – ${formatOffset(regionEnd(region) - 1)}`;
  return `${nameOf(region)} (${range}): ${describe(`region-${region.id}` as "region-boot", {}).message}`;
}

/** `4 MB`, `808 KB`; sizes that are no whole number of KiB, as of an image, rounded up to one. */
function sizeText(size: number): string {
  if (size > 0 && size % 0x10_0000 === 0) return `${size / 0x10_0000} MB`;
  return size === 0 ? "0" : `${Math.ceil(size / 0x400)} KB`;
}
