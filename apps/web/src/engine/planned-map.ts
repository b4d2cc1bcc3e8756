/** The map as it is, and as it will be when a plan has run. @module */
import { esp8266, type FlashPlan, parseFlashSize, planRows, type Region } from "@flashwright/core";
import type { Survey } from "@flashwright/core/diagnose";
import {
  type DrawnMap,
  type FlashLayout,
  type LayoutRegion,
  layoutFor,
  layoutTitle,
  mapCodeOf,
} from "@flashwright/core/maps";
import { regionReports } from "../report/regions.js";
import type { RegionReport } from "../report/reports.js";
import { words } from "../words/words.js";

const UNKNOWN = {
  owner: "unused",
  erasure: "harmless",
  writtenAt: "never",
  certainty: "uncertain",
  source: "",
} as const;

/** The chip as it was found. */
export function mapNow(survey: Survey): DrawnMap {
  const { layout, slots, activeSlot } = survey;
  const started = slots.find(({ slot }) => slot === (activeSlot ?? "user1") || slot === "app");
  const imageEnd =
    started?.size === undefined || started.slot === "user2" ? undefined : started.offset + started.size;
  const damaged = slots.filter(({ state }) => state === "damaged" || state === "looks-damaged");
  return {
    layout: layout ?? unknownLayout(survey.flashSize),
    title: layout === undefined ? unknownTitle(survey) : layoutTitle(layout),
    ...(imageEnd === undefined ? {} : { imageEnd }),
    states: statesOf(survey),
    damaged: damaged.map(({ offset, size }) => ({ offset, size: size ?? 0x1000 })),
  };
}

/** The regions of the chip when the plan has run. */
export function regionsPlanned(plan: FlashPlan, survey: Survey): RegionReport[] {
  const layout = layoutAfter(plan) ?? survey.layout;
  const regions = (layout?.regions ?? []).map((region) => ({
    region,
    content: contentAfter(region, plan, survey),
  }));
  return regionReports({ layout, regions });
}

/** The chip when the plan has run; as it is where the plan does not say what will be there. */
export function mapPlanned(plan: FlashPlan, survey: Survey): DrawnMap {
  const layout = layoutAfter(plan) ?? survey.layout;
  if (layout === undefined) return mapWritten(plan, survey);
  const imageEnd = imageEndOf(plan);
  return {
    layout,
    title: layoutTitle(layout),
    ...(imageEnd === undefined ? {} : { imageEnd }),
    states: layout.regions.map((region) => ({ region, content: contentAfter(region, plan, survey) })),
  };
}

/** Where nobody knows the layout: what is written by its file's name, between what stays. */
function mapWritten(plan: FlashPlan, survey: Survey): DrawnMap {
  const written = planRows(plan).filter(({ fate }) => fate === "written");
  if (written.length === 0) return mapNow(survey);
  const regions: LayoutRegion[] = [];
  let end = 0;
  for (const { region, name } of written) {
    if (region.offset > end) regions.push(nobodys("unused", { offset: end, size: region.offset - end }));
    regions.push({ ...nobodys(name, region), owner: "reserved" });
    end = region.offset + region.size;
  }
  if (end < plan.flashSize) regions.push(nobodys("unused", { offset: end, size: plan.flashSize - end }));
  return {
    layout: { flashSize: plan.flashSize, regions },
    title: words.map.writtenTitle,
    states: regions.map((region) => ({ region, content: contentAfter(region, plan, survey) })),
  };
}

/** Offset behind the application that the plan writes; `undefined` where it writes none. */
export function imageEndOf({ images }: FlashPlan): number | undefined {
  const written = images.find(({ offset }) => offset === 0x1000 || offset === 0x1_0000);
  return written && written.offset + written.size;
}

/** What lies where when the plan has run; `undefined` where the plan does not say. */
export function layoutAfter({ firmware, header, flashSize }: FlashPlan): FlashLayout | undefined {
  if (firmware === undefined || firmware.family === "unknown") return undefined;
  const size = header === undefined ? undefined : parseFlashSize(header.size.name, esp8266.image.flashParams);
  return layoutFor(firmware, size === undefined ? undefined : mapCodeOf(size), flashSize);
}

type Content = NonNullable<DrawnMap["states"]>[number]["content"];

/** Blank where everything that lies there is erased or known to be blank. */
function contentAfter(region: { offset: number; size: number }, plan: FlashPlan, survey: Survey): Content {
  const end = region.offset + region.size;
  const inside = plan.accounts.filter(
    (account) => account.region.offset < end && region.offset < account.region.offset + account.region.size,
  );
  if (inside.some(({ fate }) => fate === "written")) return "data";
  const isBlank = survey.contents.blank.some(
    ({ offset, size }) => offset <= region.offset && offset + size >= end,
  );
  const isErased = inside.length > 0 && inside.every(({ fate }) => fate === "erased" || fate === "lost");
  if (isBlank || isErased) return "blank";
  if (inside.some(({ fate }) => fate === "equal")) return "data";
  return plan.eraseChip ? "blank" : "unseen";
}

/** What a look found, in the four words of a drawing: zeros are no erased flash. */
function statesOf({ regions, layout, contents, flashSize }: Survey): NonNullable<DrawnMap["states"]> {
  if (layout === undefined) {
    const whole = { offset: 0, size: flashSize };
    const isBlank = contents.blank.some(({ offset, size }) => offset === 0 && size >= flashSize);
    return [{ region: whole, content: isBlank ? "blank" : "unseen" }];
  }
  return regions.map(({ region, content }) => ({ region, content: content === "zeros" ? "data" : content }));
}

function unknownTitle({ firstByte }: Survey): string {
  return firstByte === 0xff ? words.map.blankTitle : words.map.unknownTitle;
}

/** One region that belongs to nobody. */
function unknownLayout(flashSize: number): DrawnMap["layout"] {
  return { flashSize, regions: [nobodys("unused", { offset: 0, size: flashSize })] };
}

function nobodys(id: string, { offset, size }: Region): LayoutRegion {
  return { ...UNKNOWN, id, offset, size };
}
