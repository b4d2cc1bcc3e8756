/**
 * What a region is called and holds, for people.
 *
 * @module
 */
import { describe } from "../messages/catalogue.js";
import { mapMessages } from "../messages/map.js";

/** Name of a region in a few words, and a sentence on what it holds; a name that no data file uses stands for itself. */
export function regionWords(id: string): { readonly name: string; readonly holds: string } {
  const code = `region-${id}`;
  if (!isRegionCode(code)) return { name: id, holds: "" };
  const { title, message } = describe(code, {});
  return { name: title!, holds: message };
}

type RegionCode = Extract<keyof typeof mapMessages, `region-${string}`>;

function isRegionCode(code: string): code is RegionCode {
  return Object.hasOwn(mapMessages, code);
}
