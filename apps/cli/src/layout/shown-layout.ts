/** The layout that is to be shown: of a known firmware, a package or a chip, and how it suits what is there. @module */
import { FlasherError, type FlashSize } from "@flashwright/core";
import type { RegionState, SlotState } from "@flashwright/core/diagnose";
import { type FlashLayout, judgeMap, layoutFor, type MapJudgement, mapCodeOf } from "@flashwright/core/maps";
import { resolveParts } from "@flashwright/core/packages";
import { packageSummary, readPackage } from "../arguments/package-files.js";
import type { Context } from "../context.js";
import type { ConnectionOptions } from "../session/connection-options.js";
import { leaveAfterReading } from "../session/leave-board.js";
import { surveyChip } from "../session/survey-chip.js";
import { withSession } from "../session/with-session.js";
import { layoutSpec, namedLayout } from "./layout-spec.js";

/** A layout, how it suits an image, and what its regions hold where it is that of a chip. */
export interface ShownLayout {
  readonly layout: FlashLayout;
  readonly judgement: MapJudgement | undefined;
  /** Offset behind the application's last byte. */
  readonly imageEnd: number | undefined;
  readonly states?: readonly RegionState[];
}

/** The layout of a name. @throws FlasherError `layout-unknown`, `layout-needs-size` */
export function layoutOfName(spec: string, size: FlashSize | undefined, chipSize?: number): ShownLayout {
  return judged(namedLayout(spec, size, chipSize), {});
}

/**
 * The layout under which a package will run.
 * @param wished instead of the map that it was linked for
 * @throws FlasherError `package-map-unknown`, `layout-unknown`; those of the package
 */
export async function layoutOfPackage(
  context: Context,
  source: string,
  wished: FlashSize | undefined,
  chipSize: number | undefined,
): Promise<ShownLayout> {
  const opened = await readPackage(context.world, source);
  context.emit({ type: "package", ...packageSummary(opened) });
  const size = wished ?? opened.linkedMap ?? opened.instructed.size;
  if (size === undefined) throw new FlasherError("package-map-unknown", { name: opened.name });
  const layout = layoutFor(opened.firmware, mapCodeOf(size), chipSize ?? size.size);
  if (layout === undefined) throw new FlasherError("layout-unknown", { text: layoutSpec(opened.firmware) });
  const image = resolveParts(opened, size.size).find(({ role }) => role === "user1" || role === "app");
  const imageEnd = image === undefined ? undefined : image.offset + image.bytes.length;
  return judged(layout, { linked: opened.linkedMap, imageEnd });
}

/**
 * The layout of what is on the chip.
 * @throws FlasherError `layout-not-recognised`; those of connecting and reading
 */
export async function layoutOfChip(context: Context, options: ConnectionOptions): Promise<ShownLayout> {
  return withSession(context, options, async (session) => {
    const survey = await surveyChip(context, session, { depth: "quick" });
    await leaveAfterReading(context, session, options.after);
    const { layout, slots, activeSlot, regions } = survey;
    if (layout === undefined) throw new FlasherError("layout-not-recognised");
    const started = slots.find(({ slot }) => slot === (activeSlot ?? "user1") || slot === "app");
    const imageEnd = started?.slot === "user2" ? undefined : endOf(started);
    return { ...judged(layout, { linked: started?.linkedParams?.size, imageEnd }), states: regions };
  });
}

function endOf(slot: SlotState | undefined): number | undefined {
  return slot?.size === undefined ? undefined : slot.offset + slot.size;
}

function judged(
  layout: FlashLayout,
  { linked, imageEnd }: { readonly linked?: FlashSize | undefined; readonly imageEnd?: number | undefined },
): ShownLayout {
  const { firmware, map, flashSize } = layout;
  if (map === undefined) return { layout, judgement: undefined, imageEnd };
  const judgement = judgeMap({
    firmware,
    map,
    flashSize,
    ...(imageEnd === undefined ? {} : { imageEnd }),
    ...(linked === undefined ? {} : { linkedMap: mapCodeOf(linked) }),
  });
  return { layout, judgement, imageEnd };
}
