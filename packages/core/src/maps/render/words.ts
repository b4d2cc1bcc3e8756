/**
 * The words beside a region, and those that a pointer brings up.
 *
 * @module
 */
import { regionEnd } from "../../flash/region.js";
import { describe, formatOffset, shortSize } from "../../messages/catalogue.js";
import type { LayoutRegion } from "../layout.js";
import { regionWords } from "../region-words.js";
import { usedPart } from "./drawn-map.js";
import type { Row } from "./rows.js";
import { element, escapeXml } from "./svg.js";

/** Where words begin, and what is to be said. */
export interface WordsPlace {
  readonly x: number;
  readonly imageEnd?: number | undefined;
  readonly isBeyond: boolean;
  /** Leaves out what a narrow screen has no room for. */
  readonly isNarrow: boolean;
}

/** Two lines: what the region is, for people and for commands, and its bytes. One line for what belongs to nobody. */
export function rowWords(
  { region, top, height }: Row,
  { x, imageEnd, isBeyond, isNarrow }: WordsPlace,
): string {
  const { name } = regionWords(region.id);
  const middle = top + height / 2;
  const range = isNarrow ? offsetText(region.offset) : rangeText(region);
  const detail = [range, sizeText(region.size), ...notes(region, { imageEnd, isBeyond })];
  if (region.owner === "unused") return line(x, middle + 4, "small", [name, ...detail].join(" · "));
  const id = element("tspan", { class: "small", "font-weight": 400, dx: 7 }, escapeXml(region.id));
  return (
    element("text", { x, y: middle - 2, class: "name" }, escapeXml(name), ...(isNarrow ? [] : [id])) +
    line(x, middle + 13, "small", detail.join(" · "))
  );
}

/** What a pointer on the region brings up. */
export function tooltip(region: LayoutRegion): string {
  const { name, holds } = regionWords(region.id);
  return `${name} (${rangeText(region)}): ${holds}`;
}

/** `4 MB`, `808 KB`; sizes that are no whole number of KiB, as of an image, rounded up to one. */
export function sizeText(size: number): string {
  return size === 0 ? "0" : shortSize(Math.ceil(size / 0x400) * 0x400);
}

function notes(
  region: LayoutRegion,
  { imageEnd, isBeyond }: { readonly imageEnd?: number | undefined; readonly isBeyond: boolean },
): string[] {
  const used = usedPart(region, imageEnd);
  return [
    ...(used === undefined ? [] : [describe("map-drawing-used", { used: sizeText(used.size) }).title!]),
    ...(isBeyond ? [describe("map-drawing-beyond", {}).title!] : []),
  ];
}

/** `0x1000`: an offset where there is no room for all its digits. */
export function offsetText(offset: number): string {
  return `0x${offset.toString(16)}`;
}

function rangeText(region: LayoutRegion): string {
  return `${formatOffset(region.offset)} – ${formatOffset(regionEnd(region) - 1)}`;
}

function line(x: number, y: number, style: string, text: string): string {
  return element("text", { x, y, class: style }, escapeXml(text));
}
