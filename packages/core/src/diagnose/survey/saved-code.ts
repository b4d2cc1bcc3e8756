/**
 * Reads where a person's programs are kept: what crashes a board at every start may be one of them.
 *
 * @module
 */
import { ERASED_BYTE } from "../../flash/geometry.js";
import { type Region, subtractRegions, totalSize } from "../../flash/region.js";
import { type FlashLayout, RegionOwner } from "../../maps/layout.js";
import type { FlashView } from "../sources/flash-view.js";

/** Bytes that are worth the time of reading, about 1.5 s at 460800 baud; Storage may have 192 KB. */
const MOST_USED = 0x1_0000;

/** Reads saved code and Storage, but for what is erased, where they are not too full. Every sector must have been hashed. */
export async function readSavedCode(view: FlashView, layout: FlashLayout | undefined): Promise<void> {
  const areas = (layout?.regions ?? []).filter(
    ({ owner }) => owner === RegionOwner.savedCode || owner === RegionOwner.storage,
  );
  for (const area of areas) {
    const used = subtractRegions(area, view.blankIn(area));
    if (used.length > 0 && totalSize(used) <= MOST_USED) await readAround(view, area, used);
  }
}

/** Takes the whole area for known once its used sectors are read. */
async function readAround(view: FlashView, area: Region, used: readonly Region[]): Promise<void> {
  const bytes = new Uint8Array(area.size).fill(ERASED_BYTE);
  for (const stretch of used) {
    bytes.set(await view.read(stretch), stretch.offset - area.offset);
  }
  view.learn(area.offset, bytes);
}
