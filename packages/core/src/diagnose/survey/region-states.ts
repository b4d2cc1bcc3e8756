/**
 * What the regions of a layout hold.
 *
 * @module
 */
import { isFilledWith } from "../../bytes.js";
import { type Region, totalSize } from "../../flash/region.js";
import { PHY_INIT_SIZE } from "../../formats/phy-init.js";
import { type FlashLayout, type LayoutRegion, RegionOwner } from "../../maps/layout.js";
import type { FlashView } from "../sources/flash-view.js";
import type { RegionState, SlotState } from "../survey.js";

/** A region up to this size is hashed whole by a quick look; of a larger one only the beginning. */
const WHOLE = 0x4_0000;
const BEGINNING = 0x4000;

const SLOTS: ReadonlySet<RegionOwner> = new Set<RegionOwner>([
  RegionOwner.user1,
  RegionOwner.user2,
  RegionOwner.app,
]);
/** What a quick look has no time for. */
const PASSED_OVER: ReadonlySet<RegionOwner> = new Set<RegionOwner>([
  RegionOwner.free,
  RegionOwner.unused,
  RegionOwner.reserved,
]);

/** Looks at the regions that hold something of a firmware's or a person's, with one digest each. */
export async function lookAtRegions(
  view: FlashView,
  layout: FlashLayout,
  slots: readonly SlotState[],
): Promise<RegionState[]> {
  const states: RegionState[] = [];
  for (const region of layout.regions) {
    states.push({ region, content: await lookAt(view, region, slots) });
  }
  return states;
}

async function lookAt(
  view: FlashView,
  region: LayoutRegion,
  slots: readonly SlotState[],
): Promise<RegionState["content"]> {
  if (PASSED_OVER.has(region.owner)) return "unseen";
  if (SLOTS.has(region.owner)) return slotContent(region, slots);
  if (region.owner === RegionOwner.boot) return (await view.isBlank(region)) ? "blank" : "data";
  if (region.owner === RegionOwner.phyInit) await readPhyInit(view, region);
  const looked = { offset: region.offset, size: region.size > WHOLE ? BEGINNING : region.size };
  const known = view.peek(looked) !== undefined;
  if (!known && !view.affords({ hashedBytes: looked.size })) return "unseen";
  const content = contentOf(view, looked, await view.md5(looked));
  return looked.size < region.size && content !== "data" ? "unseen" : content;
}

/** Its bytes, and not only whether there are any, decide whether the firmware starts. */
async function readPhyInit(view: FlashView, { offset }: Region): Promise<void> {
  const bytes = view.clip({ offset, size: PHY_INIT_SIZE });
  if (view.affords({ readBytes: bytes.size })) await view.read(bytes);
}

/** An application's region is seen by its first bytes, which the slot's state tells. */
function slotContent(region: Region, slots: readonly SlotState[]): RegionState["content"] {
  const slot = slots.find(({ offset }) => offset === region.offset);
  if (slot === undefined) return "unseen";
  return slot.state === "blank" ? "unseen" : "data";
}

function contentOf(view: FlashView, { size }: Region, md5: string): "blank" | "zeros" | "data" {
  if (md5 === view.blanks.of(size)) return "blank";
  return md5 === view.blanks.of(size, 0) ? "zeros" : "data";
}

/**
 * The same after every sector was looked at.
 * @param earlier what a quick look said: it knows which regions are zeros
 */
export function regionStates(
  view: FlashView,
  layout: FlashLayout,
  earlier: readonly RegionState[],
): RegionState[] {
  return layout.regions.map((region) => {
    const blank = totalSize(view.blankIn(region));
    if (blank === region.size) return { region, content: "blank" };
    if (blank > 0) return { region, content: "partly" };
    return { region, content: isZeros(view, region, earlier) ? "zeros" : "data" };
  });
}

function isZeros(view: FlashView, region: Region, earlier: readonly RegionState[]): boolean {
  const bytes = view.peek(region);
  if (bytes !== undefined) return isFilledWith(bytes, 0);
  return earlier.some(
    ({ region: seen, content }) =>
      content === "zeros" && seen.offset === region.offset && seen.size === region.size,
  );
}
