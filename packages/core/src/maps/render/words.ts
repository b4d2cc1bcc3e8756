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

/** Pixels of a letter, on the average of long words, and between a name and its id. */
const NAME_LETTER = 7.2;
const SMALL_LETTER = 6;
const ID_GAP = 7;

/** Pixels between a block and its words. */
export const WORDS_GAP = 12;

/** Where words begin, and what is to be said. */
export interface WordsPlace {
  readonly x: number;
  readonly imageEnd?: number | undefined;
  readonly isBeyond: boolean;
  /** Leaves out what a narrow screen has no room for. */
  readonly isNarrow: boolean;
}

/** Two lines: what the region is, for people and for commands, and its bytes. One line for what belongs to nobody. */
export function rowWords({ region, top, height }: Row, place: WordsPlace): string {
  const { x } = place;
  const middle = top + height / 2;
  const { name, id, detail } = rowTexts(region, place);
  if (name === undefined) return line(x, middle + 4, "small", detail);
  const forCommands =
    id === undefined
      ? []
      : [element("tspan", { class: "small", "font-weight": 400, dx: ID_GAP }, escapeXml(id))];
  return (
    element("text", { x, y: middle - 2, class: "name" }, escapeXml(name), ...forCommands) +
    line(x, middle + 13, "small", detail)
  );
}

/** Pixels that a region's words need, as far as that can be told without the typeface: rather too many than too few. */
export function rowWidth(region: LayoutRegion, place: Omit<WordsPlace, "x">): number {
  const { name = "", id, detail } = rowTexts(region, place);
  const first = name.length * NAME_LETTER + (id === undefined ? 0 : ID_GAP + smallWidth(id));
  return Math.max(first, smallWidth(detail));
}

/** Pixels of a text in the smaller size. */
export function smallWidth(text: string): number {
  return text.length * SMALL_LETTER;
}

/** What stands in the two lines; no name where one line is enough. */
function rowTexts(
  region: LayoutRegion,
  { imageEnd, isBeyond, isNarrow }: Omit<WordsPlace, "x">,
): { readonly name?: string; readonly id?: string; readonly detail: string } {
  const { name } = regionWords(region.id);
  const range = isNarrow ? offsetText(region.offset) : rangeText(region);
  const details = [range, sizeText(region.size), ...notes(region, { imageEnd, isBeyond })];
  if (region.owner === "unused") return { detail: [name, ...details].join(" · ") };
  return { name, ...(isNarrow ? {} : { id: region.id }), detail: details.join(" · ") };
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
