/**
 * The coloured shapes of one region.
 *
 * @module
 */
import type { Region } from "../../flash/region.js";
import type { LayoutRegion } from "../layout.js";
import { type DrawnMap, usedPart } from "./drawn-map.js";
import { isAlarm, type Marked } from "./marks.js";
import { element } from "./svg.js";

/** A rectangle in pixels. */
export interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a region is filled. */
export interface Filling {
  readonly map: DrawnMap;
  /** Start of the names of patterns. */
  readonly id: string;
  readonly marked: readonly Marked[];
  /** Dashed instead of filled to the edge, for what the chip does not have. */
  readonly isBeyond: boolean;
  /** Pixels of the thinnest part that is still to be seen. */
  readonly thinnest: number;
}

/** The region's colour, lighter where the image leaves it empty, its edge and its hatchings. */
export function filled(shape: Shape, region: LayoutRegion, filling: Filling): string[] {
  const { map, id, marked, thinnest } = filling;
  const colour = `owner-${region.owner}`;
  const used = usedPart(region, map.imageEnd);
  const part = (bytes: Region): Shape => partOf(shape, { region, bytes, thinnest });
  return [
    rectangle(shape, { class: used === undefined ? colour : `${colour} rest` }),
    ...(used === undefined || used.size === 0 ? [] : [rectangle(part(used), { class: colour })]),
    ...edge(shape, filling),
    ...marked.flatMap(({ mark, bytes }) => [
      rectangle(part(bytes), { fill: `url(#${id}-${mark})` }),
      ...(isAlarm(mark) ? [rectangle(part(bytes), { class: "alarm-edge" })] : []),
    ]),
  ];
}

/** Joins a region in the bar that is to scale with its row. */
export function leader(bar: Shape, block: Shape, { owner }: LayoutRegion): string {
  const right = bar.x + bar.width;
  const corners: readonly (readonly [number, number])[] = [
    [right, bar.y],
    [block.x, block.y],
    [block.x, block.y + block.height],
    [right, bar.y + bar.height],
  ];
  const points = corners.map(([x, y]) => `${x},${Math.round(y * 100) / 100}`).join(" ");
  return element("polygon", { points, class: `leader owner-${owner}` });
}

function partOf(
  shape: Shape,
  { region, bytes, thinnest }: { readonly region: Region; readonly bytes: Region; readonly thinnest: number },
): Shape {
  const y = shape.y + ((bytes.offset - region.offset) / region.size) * shape.height;
  return { ...shape, y, height: Math.max((bytes.size / region.size) * shape.height, thinnest) };
}

/** None around what is thinner than two edges: nothing of its colour would be left. */
function edge(shape: Shape, { isBeyond }: Filling): string[] {
  if (isBeyond) return [rectangle(shape, { class: "outline" })];
  return shape.height < 4 ? [] : [rectangle(shape, { class: "edge" })];
}

function rectangle(shape: Shape, style: { readonly class?: string; readonly fill?: string }): string {
  return element("rect", { ...shape, ...style });
}
