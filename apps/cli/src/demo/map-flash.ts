/** The whole flash after a run, stretch by stretch. @module */
import {
  type AbortSignalLike,
  type FlashPlan,
  type Region,
  type StubLoader,
  subtractRegions,
} from "@flashwright/core";
import type { MapRegion } from "../cli-event.js";
import { findUsed } from "./survey.js";

/** What the plan wrote and kept, and what the chip says of the rest. Covers the flash without a gap, rising offsets. */
export async function mapFlash(
  loader: StubLoader,
  plan: FlashPlan,
  signal?: AbortSignalLike,
): Promise<MapRegion[]> {
  const chip = { offset: 0, size: plan.flashSize };
  const rest: MapRegion[] = [];
  for (const gap of subtractRegions(
    chip,
    plan.writes.map(({ region }) => region),
  )) {
    const used = await findUsed(loader, gap, signal);
    rest.push(...used.map((region) => entry(region, "kept", "earlier content, not touched")));
    rest.push(...subtractRegions(gap, used).map((region) => entry(region, "blank", "blank")));
  }
  return [...plannedRegions(plan), ...rest].sort((a, b) => a.region.offset - b.region.offset);
}

function plannedRegions(plan: FlashPlan): MapRegion[] {
  const images = plan.images.map(({ offset, size, name }) => entry({ offset, size }, "written", name));
  const fills = plan.writes.flatMap((write) =>
    write.fills.map(({ region, fate }) =>
      fate === "kept"
        ? entry(region, "kept", "earlier content in an image's sector, kept")
        : entry(region, "blank", "blank, in an image's sector"),
    ),
  );
  return [...images, ...fills];
}

function entry({ offset, size }: Region, owner: MapRegion["owner"], name: string): MapRegion {
  return { region: { offset, size }, owner, name };
}
